#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

constexpr std::string_view kListing =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult><Name>b</Name><KeyCount>3</KeyCount>"
    "<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>"
    "<Contents><Key>a%0Ab</Key><LastModified>2026-07-01T10:20:30.000Z</LastModified><ETag>&quot;e1&quot;</"
    "ETag>"
    "<Size>5</Size><StorageClass>STANDARD</StorageClass></Contents>"
    "<Contents><Key>%FF</Key><LastModified>2026-07-01T10:20:31.000Z</LastModified><ETag>&quot;e2&quot;</ETag>"
    "<Size>123456</Size><StorageClass>GLACIER</StorageClass></Contents>"
    "<CommonPrefixes><Prefix>dir%2F</Prefix></CommonPrefixes></ListBucketResult>";

// What the command prints on standard output where all goes well.
std::string Printed(const ScriptedProgram& program, const Arguments& arguments) {
  const ProgramResult run = program.Run(arguments);
  RequireExit(run, 0);
  RequireSilence(run);
  return run.out;
}

}  // namespace

TEST_CASE("create-bucket prints the location") {
  const ScriptedProgram program({Respond(200, {{"Location", "/my-data"}}), Respond(200), Respond(200)});
  CHECK(Printed(program, {"create-bucket", "my-data"}) == "{\"Location\":\"/my-data\"}\n");
  CHECK(Printed(program, {"mb", "my-data", "--output=text"}) == "created bucket my-data\n");
  CHECK(Printed(program, {"mb", "my-data", "--output=text", "--quiet"}).empty());
  CHECK(program.request_lines() == Arguments{"PUT /my-data", "PUT /my-data", "PUT /my-data"});
}

TEST_CASE("create-bucket names the region where one is given") {
  const ScriptedProgram program({Respond(200), Respond(200)});
  Printed(program, {"create-bucket", "my-data", "--region=eu-central-1"});
  Printed(program, {"create-bucket", "my-data"});
  CHECK(Contains(program.requests().at(0).body, "<LocationConstraint>eu-central-1</LocationConstraint>"));
  CHECK(program.requests().at(1).body.empty());
}

TEST_CASE("list-buckets prints names and dates") {
  const Step answer =
      Respond(200, {},
              "<ListAllMyBucketsResult><Buckets>"
              "<Bucket><Name>one</Name><CreationDate>2026-07-01T10:20:30.000Z</CreationDate></Bucket>"
              "<Bucket><Name>two</Name><CreationDate>2026-07-02T10:20:30.000Z</CreationDate></Bucket>"
              "</Buckets></ListAllMyBucketsResult>");
  const ScriptedProgram program({answer, answer, answer});
  CHECK(Printed(program, {"list-buckets"}) ==
        "{\"Buckets\":[\n"
        "{\"BucketName\":\"one\",\"CreationDate\":\"2026-07-01T10:20:30Z\"},\n"
        "{\"BucketName\":\"two\",\"CreationDate\":\"2026-07-02T10:20:30Z\"}]}\n");
  CHECK(Printed(program, {"list-buckets", "--output=ndjson"}) ==
        "{\"BucketName\":\"one\",\"CreationDate\":\"2026-07-01T10:20:30Z\"}\n"
        "{\"BucketName\":\"two\",\"CreationDate\":\"2026-07-02T10:20:30Z\"}\n"
        "{\"Summary\":{}}\n");
  CHECK(Printed(program, {"list-buckets", "--output=text"}) ==
        "2026-07-01T10:20:30Z  one\n2026-07-02T10:20:30Z  two\n");
}

TEST_CASE("head-bucket and delete-bucket print the bucket") {
  const ScriptedProgram program(
      {Respond(200, {{"x-amz-bucket-region", "eu-west-1"}}), Respond(204), Respond(204)});
  CHECK(Printed(program, {"head-bucket", "b"}) == "{\"BucketName\":\"b\",\"Region\":\"eu-west-1\"}\n");
  CHECK(Printed(program, {"delete-bucket", "b"}) == "{\"BucketName\":\"b\",\"Deleted\":true}\n");
  CHECK(Printed(program, {"rb", "b", "--output=text"}) == "deleted bucket b\n");
  CHECK(program.request_lines() == Arguments{"HEAD /b", "DELETE /b", "DELETE /b"});
}

TEST_CASE("put-object prints what was put") {
  const Step answer = Respond(200, {{"ETag", "\"e1\""}, {"x-amz-version-id", "v1"}});
  const ScriptedProgram program({answer, answer});
  program.folder().Write("file.txt", "hello");
  CHECK(Printed(program, {"put-object", "file.txt", "s3://b/dir/"}) ==
        "{\"BucketName\":\"b\",\"Key\":\"dir/file.txt\",\"ETag\":\"e1\",\"Size\":5,\"VersionId\":\"v1\","
        "\"Verified\":\"sha256\"}\n");
  CHECK(Printed(program, {"put", "file.txt", "s3://b/k", "--output=text"}) == "put s3://b/k (5 B)\n");
  CHECK(program.requests().at(0).request_line == "PUT /b/dir/file.txt HTTP/1.1");
  CHECK(program.requests().at(0).body == "hello");
}

TEST_CASE("get-object prints what was got and standard output holds the bytes alone") {
  const ScriptedProgram program({RespondObject("hello"), RespondObject("hello"), RespondObject("hello")});
  CHECK(Printed(program, {"get-object", "s3://b/dir/k"}) ==
        "{\"BucketName\":\"b\",\"Key\":\"dir/k\",\"ETag\":\"5d41402abc4b2a76b9719d911017c592\",\"Size\":5,"
        "\"LastModified\":\"2026-07-01T10:20:30Z\",\"ContentType\":\"text/plain\",\"Verified\":\"md5\","
        "\"Path\":\"k\"}\n");
  CHECK(Printed(program, {"get", "s3://b/dir/k", "here", "--output=text"}) ==
        "got s3://b/dir/k (5 B) as here\n");
  CHECK(Printed(program, {"get", "s3://b/dir/k", "-"}) == "hello");
  CHECK(program.folder().Read("here") == "hello");
}

TEST_CASE("head-object prints every property the store names") {
  const Headers headers = {{"x-amz-meta-origin", "camera"},      {"x-amz-storage-class", "STANDARD_IA"},
                           {"x-amz-version-id", "v1"},           {"Cache-Control", "no-cache"},
                           {"Content-Disposition", "inline"},    {"Content-Encoding", "gzip"},
                           {"Content-Language", "en"},           {"x-amz-server-side-encryption", "AES256"},
                           {"x-amz-checksum-crc32c", "yZRlqg=="}};
  const ScriptedProgram program({RespondHead("hello", headers), RespondHead("hello")});
  const Json head = program.Succeed({"head-object", "s3://b/k"});
  CHECK(head == Json({{"BucketName", "b"},
                      {"Key", "k"},
                      {"ETag", "5d41402abc4b2a76b9719d911017c592"},
                      {"Size", 5},
                      {"LastModified", "2026-07-01T10:20:30Z"},
                      {"ContentType", "text/plain"},
                      {"ContentEncoding", "gzip"},
                      {"ContentDisposition", "inline"},
                      {"ContentLanguage", "en"},
                      {"CacheControl", "no-cache"},
                      {"StorageClass", "STANDARD_IA"},
                      {"VersionId", "v1"},
                      {"ServerSideEncryption", "AES256"},
                      {"ChecksumCRC32C", "yZRlqg=="},
                      {"Metadata", {{"origin", "camera"}}}}));
  CHECK(Contains(Printed(program, {"stat", "s3://b/k", "--output=text"}), "\nSize          5 B\n"));
}

TEST_CASE("list-objects prints keys exactly as JSON and escaped as text") {
  const Step answer = Respond(200, {}, kListing);
  const ScriptedProgram program({answer, answer, answer});
  const std::string first =
      "{\"Key\":\"a\\nb\",\"ETag\":\"e1\",\"LastModified\":\"2026-07-01T10:20:30Z\",\"Size\":5,"
      "\"StorageClass\":\"STANDARD\"}";
  const std::string second =
      "{\"Key\":\"\\\\xff\",\"KeyBase64\":\"/w==\",\"ETag\":\"e2\",\"LastModified\":\"2026-07-01T10:20:31Z\","
      "\"Size\":123456,\"StorageClass\":\"GLACIER\"}";
  CHECK(Printed(program, {"list-objects", "b"}) ==
        "{\"Contents\":[\n" + first + ",\n" + second +
            "],\n\"CommonPrefixes\":[\n{\"Prefix\":\"dir/\"}],\n\"KeyCount\":3,\"IsTruncated\":false}\n");
  CHECK(Printed(program, {"list-objects", "b", "--output=ndjson"}) ==
        first + "\n" + second +
            "\n{\"Prefix\":\"dir/\"}\n{\"Summary\":{\"KeyCount\":3,\"IsTruncated\":false}}\n");
  CHECK(Printed(program, {"list-objects", "b", "--output=text"}) ==
        "2026-07-01T10:20:30Z         5 B  a\\x0ab\n"
        "2026-07-01T10:20:31Z   120.6 KiB  \\xff\n"
        "                                  dir/\n");
}

TEST_CASE("list-objects sends what its options say") {
  const Step answer =
      Respond(200, {}, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
  const ScriptedProgram program({answer, answer, answer});
  Printed(program, {"list-objects", "s3://b/p q", "--delimiter=/", "--max-keys=7", "--start-after=a&b"});
  Printed(program, {"list-objects", "b", "--prefix=p", "--continuation-token=t=="});
  Printed(program, {"list-objects", "b"});
  CHECK(program.request_lines() ==
        Arguments{
            "GET /b?list-type=2&encoding-type=url&prefix=p%20q&delimiter=%2F&start-after=a%26b&max-keys=7",
            "GET /b?list-type=2&encoding-type=url&prefix=p&continuation-token=t%3D%3D",
            "GET /b?list-type=2&encoding-type=url"});
}

TEST_CASE("delete prints a record for one and a summary for several") {
  const ScriptedProgram program(
      {Respond(204), Respond(204, {{"x-amz-delete-marker", "true"}, {"x-amz-version-id", "v2"}}),
       RespondError(403, "AccessDenied"), Respond(204), Respond(204), Respond(204)});
  CHECK(Printed(program, {"delete", "s3://b/k"}) ==
        "{\"BucketName\":\"b\",\"Key\":\"k\",\"Deleted\":true}\n");

  const ProgramResult several = program.Run({"delete", "s3://b/1", "s3://b/2"});
  RequireExit(several, 9);
  Json document = DocumentOf(several);
  CHECK(FieldNames(document["Summary"]) == Arguments{"Deleted", "Failed", "Seconds"});
  document["Summary"].erase("Seconds");
  const Json error = {{"Kind", "Denied"},
                      {"Code", "AccessDenied"},
                      {"Message", "delete s3://b/2: This is AccessDenied. (AccessDenied)"},
                      {"HttpStatus", 403},
                      {"RequestId", "R1"},
                      {"Resource", "/b/k"},
                      {"Retryable", false},
                      {"Hint", ErrorOf(several)["Hint"]}};
  CHECK(document == Json({{"Results",
                           {{{"BucketName", "b"},
                             {"Key", "1"},
                             {"Deleted", true},
                             {"VersionId", "v2"},
                             {"DeleteMarker", true}},
                            {{"BucketName", "b"}, {"Key", "2"}, {"Deleted", false}, {"Error", error}}}},
                          {"Summary", {{"Deleted", 1}, {"Failed", 1}}}}));
  CHECK(ErrorOf(several) == error);

  const std::vector<Json> lines = LinesOf(program.Run({"rm", "s3://b/1", "s3://b/2", "--output=ndjson"}));
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == Json({{"BucketName", "b"}, {"Key", "1"}, {"Deleted", true}}));
  CHECK(lines[2]["Summary"]["Deleted"] == 2);
  CHECK(Printed(program, {"rm", "s3://b/k", "--output=text"}) == "deleted s3://b/k\n");
}

TEST_CASE("The output format comes from option and environment and file in this order") {
  ScriptedProgram program({Respond(204), Respond(204), Respond(204)});
  program.home().Write(".config/s3conn/config", "[default]\noutput = text\n");
  CHECK(Printed(program, {"rm", "s3://b/k"}) == "deleted s3://b/k\n");
  program.environment["S3CONN_OUTPUT"] = "json";
  CHECK(Printed(program, {"rm", "s3://b/k"}).starts_with("{"));
  CHECK(Printed(program, {"rm", "s3://b/k", "--output=text"}) == "deleted s3://b/k\n");
}

TEST_CASE("Nothing of the environment is printed at any verbosity") {
  for (const char* const verbosity : {"-q", "-v", "-vv", "-vvv"}) {
    const ScriptedProgram program({RespondObject("hello"), RespondError(403, "SignatureDoesNotMatch"),
                                   RespondError(503, "ServiceUnavailable"), Respond(204)});
    // Each run is checked for the secret key and the session token.
    RequireExit(program.Run({"get-object", "s3://b/k", "t", verbosity}), 0);
    RequireExit(program.Run({"head-object", "s3://b/k", verbosity}), 5);
    RequireExit(program.Run({"delete", "s3://b/k", verbosity}), 0);
    CHECK(program.requests().at(0).Header("x-amz-security-token") == program.secrets[1]);
  }
}

}  // namespace s3conn
