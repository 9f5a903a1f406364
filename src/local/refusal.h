#ifndef S3CONN_LOCAL_REFUSAL_H_
#define S3CONN_LOCAL_REFUSAL_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn::local {

// The error codes that this endpoint answers with; refusal.cc has the name, HTTP status and text of each.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
enum class Code {
  kAccessDenied,
  kAuthorizationHeaderMalformed,
  kAuthorizationQueryParametersError,
  kBadDigest,
  kBadRequest,
  kBucketAlreadyOwnedByYou,
  kBucketNotEmpty,
  kEntityTooLarge,
  kEntityTooSmall,
  kIncompleteBody,
  kInternalError,
  kInvalidAccessKeyId,
  kInvalidArgument,
  kInvalidBucketName,
  kInvalidChunkSizeError,
  kInvalidDigest,
  kInvalidLocationConstraint,
  kInvalidObjectState,
  kInvalidPart,
  kInvalidPartNumber,
  kInvalidPartOrder,
  kInvalidRange,
  kInvalidRedirectLocation,
  kInvalidRequest,
  kInvalidStorageClass,
  kInvalidTag,
  kInvalidToken,
  kInvalidUri,
  kKeyTooLong,
  kMalformedTrailer,
  kMalformedXml,
  kMetadataTooLarge,
  kMethodNotAllowed,
  kMissingContentLength,
  kNoSuchBucket,
  kNoSuchKey,
  kNoSuchUpload,
  kNoSuchVersion,
  kNotImplemented,
  kNotModified,  // 304: an answer without a document
  kPreconditionFailed,
  kRequestHeaderSectionTooLarge,
  kRequestTimeTooSkewed,
  kRequestTimeout,
  kSignatureDoesNotMatch,
  kContentSha256Mismatch,  // XAmzContentSHA256Mismatch
};

std::string_view CodeName(Code code);
int CodeStatus(Code code);
std::string_view CodeText(Code code);  // S3's own words, more or less

// Why a request was not carried out: what becomes an <Error> document.
struct Refusal {
  Code code = Code::kInternalError;
  std::string message{};                                       // empty: CodeText
  std::vector<std::pair<std::string, std::string>> details{};  // further elements: {"BucketName", "b"}
  Headers headers{};                                           // further headers of the answer
  std::string cause{};                                         // for the log, not for the client
};

template <typename T>
using Answer = tl::expected<T, Refusal>;

// For `return Refuse(Code::kNoSuchKey)` in a function that returns an Answer.
tl::unexpected<Refusal> Refuse(Code code, std::string message = {},
                               std::vector<std::pair<std::string, std::string>> details = {});
tl::unexpected<Refusal> Refuse(Refusal refusal);

// What failed on this machine (disk full, a corrupt index) as an InternalError, with the error as its cause.
tl::unexpected<Refusal> RefuseInternal(const Error& error);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_REFUSAL_H_
