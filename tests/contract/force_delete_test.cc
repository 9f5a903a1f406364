#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/contract_fixture.h"
#include "contract/direct_client.h"
#include "contract/direct_operations.h"
#include "contract/direct_put.h"
#include "s3conn/s3/delete_object.h"
#include "s3conn/s3/list_multipart_uploads.h"
#include "s3conn/s3/list_object_versions.h"

namespace s3conn {
namespace {

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
struct BeginUpload {
  struct Request {
    std::string bucket;
    std::string key;
  };
  struct Response {};
  static constexpr std::string_view kName = "BeginUpload";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request) {
    OperationRequest operation;
    operation.method = "POST";
    operation.bucket = request.bucket;
    operation.key = request.key;
    operation.query = {{"uploads", std::nullopt}};
    return operation;
  }
  static Result<Response> Parse(const HttpResponse&) { return Response{}; }
};

// Keys that are written in different ways on the wire, in paths, in XML, and in listings.
const std::vector<std::string>& AwkwardKeys() {
  static const std::vector<std::string> kKeys = {
      "a b",           "a%20b",         "a+b",   "100%",     "<&>\"'",           "caf\xc3\xa9",
      "new\nline",     "carriage\rend", "tab\t", " leading", "control \x01 one", "delete\x7f",
      "x\xef\xbf\xbf", "trailing/"};
  return kKeys;
}

void BeginUploads(const TestBucket& bucket, const std::vector<std::string>& keys) {
  DirectClient client;
  for (const std::string& key : keys)
    REQUIRE(client.client().Call<BeginUpload>({bucket.name(), key}, CallContext()));
}

// A bucket that keeps versions: of one key three and a marker, of the others one each.
struct VersionedBucket : TestBucket {
  VersionedBucket() {
    Fill({"before"});
    KeepVersions(name());
    for (const std::string bytes : {"1", "2", "3"}) PutDirectly(name(), {{"several", bytes}});
    REQUIRE(client.client().Call<DeleteObject>({name(), "several"}, CallContext()));
    PutDirectly(name(), {{"before", "again"}});
    Fill(AwkwardKeys());
  }

  DirectClient client;
};

// What a record names.
std::string Identity(const Json& record) {
  return record.value("Key", "") + "|" + record.value("VersionId", "") + "|" + record.value("UploadId", "");
}

std::vector<std::string> Identities(const Json& document) {
  std::vector<std::string> identities;
  for (const Json& record : document["Results"]) identities.push_back(Identity(record));
  std::sort(identities.begin(), identities.end());
  return identities;
}

std::size_t CountKey(const Json& document, const std::string& key) {
  const Json& results = document["Results"];
  return static_cast<std::size_t>(std::count_if(
      results.begin(), results.end(), [&key](const Json& record) { return record.value("Key", "") == key; }));
}

}  // namespace

TEST_CASE("By force a bucket goes with all its versions and markers and uploads") {
  const ContractProgram program;
  const VersionedBucket bucket;
  BeginUploads(bucket, {"up", "up", "up 2", "up%202"});

  const Json rehearsed = program.Succeed({"delete-bucket", bucket.name(), "--dry-run"});
  // The bucket; before, and several with its marker; the odd ones; uploads.
  CHECK(rehearsed["Results"].size() == 1 + 2 + 4 + AwkwardKeys().size() + 4);
  CHECK(rehearsed["Summary"]["WouldDelete"] == rehearsed["Results"].size());
  CHECK(CountKey(rehearsed, "several") == 4);
  CHECK(CountKey(rehearsed, "up") == 2);
  for (const std::string& key : AwkwardKeys()) {
    CAPTURE(key);
    CHECK(CountKey(rehearsed, key) == 1);
  }
  const Json again = program.Succeed({"delete-bucket", bucket.name(), "--dry-run"});
  CHECK(Identities(again) == Identities(rehearsed));

  const Json deleted = program.Succeed({"delete-bucket", bucket.name(), "--force", "--yes"});
  const std::vector<std::string> gone = Identities(deleted);
  for (const std::string& identity : Identities(rehearsed)) {
    CAPTURE(identity);
    CHECK(std::binary_search(gone.begin(), gone.end(), identity));
  }
  CHECK(deleted["Summary"]["Failed"] == 0);
  CHECK(deleted["Results"].back() == Json({{"BucketName", bucket.name()}, {"Deleted", true}}));
  CHECK(program.Fail(4, {"head-bucket", bucket.name()})["HttpStatus"] == 404);
}

TEST_CASE("By force a bucket without versions goes with every key") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill(AwkwardKeys());
  const Json deleted = program.Succeed({"delete-bucket", bucket.name(), "--force", "--yes"});
  CHECK(deleted["Summary"]["Deleted"] == AwkwardKeys().size() + 1);
  for (const std::string& key : AwkwardKeys()) {
    CAPTURE(key);
    CHECK(CountKey(deleted, key) == 1);
  }
  CHECK(program.Fail(4, {"head-bucket", bucket.name()})["HttpStatus"] == 404);
}

TEST_CASE("By force an empty bucket goes and a missing one is not found") {
  const ContractProgram program;
  const TestBucket bucket;
  CHECK(program.Succeed({"delete-bucket", bucket.name(), "--force", "--yes"})["Summary"]["Deleted"] == 1);
  CHECK(program.Fail(4, {"delete-bucket", bucket.name(), "--force", "--yes"})["Code"] == "NoSuchBucket");
  CHECK(program.Fail(4, {"delete-bucket", bucket.name(), "--dry-run"})["Code"] == "NoSuchBucket");
}

TEST_CASE("Versions and uploads come once each when they are listed page by page") {
  // No control characters: Swift puts the marker into its XML as it is. And pages of two: with one upload it
  // names no marker.
  const std::vector<std::string> keys = {"a b", "a%20b", "a+b", "caf\xc3\xa9", "z"};
  const ContractProgram program;
  const TestBucket bucket;
  DirectClient client;
  KeepVersions(bucket.name());
  bucket.Fill(keys);
  bucket.Fill(keys);
  std::vector<std::string> versions;
  CHECK(ListAllObjectVersions(client.client(), {.bucket = bucket.name(), .max_keys = 2}, CallContext(),
                              [&versions](const ListObjectVersionsResponse& page) -> Status {
                                for (const ObjectVersion& version : page.versions)
                                  versions.push_back(version.key + "|" + version.version_id);
                                return {};
                              }));
  CHECK(versions.size() == 2 * keys.size());
  std::sort(versions.begin(), versions.end());
  CHECK(std::adjacent_find(versions.begin(), versions.end()) == versions.end());

  BeginUploads(bucket, keys);
  std::vector<std::string> uploads;
  CHECK(ListAllMultipartUploads(client.client(), {.bucket = bucket.name(), .max_uploads = 2}, CallContext(),
                                [&uploads](const ListMultipartUploadsResponse& page) -> Status {
                                  for (const MultipartUpload& upload : page.uploads)
                                    uploads.push_back(upload.key);
                                  return {};
                                }));
  program.Succeed({"delete-bucket", bucket.name(), "--force", "--yes"});
  CHECK(uploads.size() == keys.size());
}

}  // namespace s3conn
