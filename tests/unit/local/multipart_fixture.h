#ifndef S3CONN_TESTS_UNIT_LOCAL_MULTIPART_FIXTURE_H_
#define S3CONN_TESTS_UNIT_LOCAL_MULTIPART_FIXTURE_H_

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "local/checksum.h"
#include "support/catch.h"
#include "unit/local/handler_fixture.h"

namespace s3conn::local {

inline std::string Md5Of(std::string_view bytes) {
  return HexEncode(Md5(bytes));
}

inline std::string ChecksumOf(ChecksumAlgorithm algorithm, std::string_view bytes) {
  ChecksumHasher hasher(algorithm);
  hasher.Update(bytes);
  return hasher.FinishBase64();
}

// As many bytes as a part that is not the last has to have, none like that of another letter.
inline std::string LongPart(char letter) {
  return std::string(std::size_t{5} << 20, letter);
}

// Multipart uploads of the object k in the bucket b.
struct MultipartFixture : HandlerFixture {
  MultipartFixture() { MakeBucket("b"); }

  Outcome Create(Headers headers = {}) {
    return Send(CreateMultipartUpload, {"POST", "/b/k?uploads", std::move(headers)});
  }
  std::string Start(Headers headers = {}) {
    const Outcome created = Create(std::move(headers));
    REQUIRE(created.status == 200);
    return created.element("UploadId");
  }
  static std::string PartTarget(std::string_view upload, std::string_view number) {
    return fmt::format("/b/k?partNumber={}&uploadId={}", number, upload);
  }
  Outcome Upload(std::string_view upload, std::string_view number, std::string body, Headers headers = {}) {
    return Send(UploadPart, {"PUT", PartTarget(upload, number), std::move(headers), std::move(body)});
  }
  Outcome CopyPart(std::string_view upload, std::string_view number, std::string source,
                   Headers headers = {}) {
    headers.Add("x-amz-copy-source", std::move(source));
    return Send(UploadPartCopy, {"PUT", PartTarget(upload, number), std::move(headers)});
  }
  // `parts` are the <Part> elements, or what stands in their place.
  Outcome Complete(std::string_view upload, std::string_view parts, Headers headers = {}) {
    return Send(CompleteMultipartUpload,
                {"POST", fmt::format("/b/k?uploadId={}", upload), std::move(headers),
                 fmt::format("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{}"
                             "</CompleteMultipartUpload>",
                             parts)});
  }
  static std::string Part(int number, std::string_view etag, std::string_view more = {}) {
    return fmt::format("<Part><PartNumber>{}</PartNumber><ETag>{}</ETag>{}</Part>", number, etag, more);
  }
};

}  // namespace s3conn::local

#endif  // S3CONN_TESTS_UNIT_LOCAL_MULTIPART_FIXTURE_H_
