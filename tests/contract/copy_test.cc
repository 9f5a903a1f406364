#include <string>
#include <vector>

#include "contract/contract_fixture.h"
#include "contract/direct_client.h"
#include "contract/direct_operations.h"
#include "s3conn/s3/object_tagging.h"

namespace s3conn {
namespace {

// An object with everything that a copy keeps; and what head-object tells of that.
const Arguments& Described() {
  static const Arguments kOptions = {"--content-type=text/markdown",
                                     "--content-encoding=identity",
                                     "--content-disposition=attachment; filename=\"a b.md\"",
                                     "--content-language=de",
                                     "--cache-control=max-age=60",
                                     "--metadata=one=1",
                                     "--metadata=Two-Words=with  spaces; and=more"};
  return kOptions;
}

const Json& Description() {
  static const Json kDescription = {{"ContentType", "text/markdown"},
                                    {"ContentEncoding", "identity"},
                                    {"ContentDisposition", "attachment; filename=\"a b.md\""},
                                    {"ContentLanguage", "de"},
                                    {"CacheControl", "max-age=60"},
                                    {"Metadata", {{"one", "1"}, {"two-words", "with  spaces; and=more"}}}};
  return kDescription;
}

// The same fields as Description() of what head-object tells.
Json DescriptionOf(const Json& head) {
  Json description = Json::object();
  for (const auto& field : Description().items()) {
    if (head.contains(field.key())) description[field.key()] = head[field.key()];
  }
  return description;
}

void Put(const ContractProgram& program, const std::string& bytes, const std::string& uri,
         const Arguments& options = {}) {
  program.folder().Write("source", bytes);
  Arguments arguments = {"put-object", "source", uri};
  arguments.insert(arguments.end(), options.begin(), options.end());
  program.Succeed(arguments);
}

std::string VersionOf(const ContractProgram& program, const std::string& uri) {
  return program.Succeed({"head-object", uri}).value("VersionId", "");
}

}  // namespace

TEST_CASE("A copy has its source's bytes and description within a bucket and between two") {
  const ContractProgram program;
  const TestBucket bucket;
  const TestBucket other;
  const std::string bytes = RandomBytes(70'000);
  Put(program, bytes, bucket.Uri("from/source"), Described());
  for (const std::string& destination : {bucket.Uri("to/copy"), other.Uri("copy")}) {
    const Json copied = program.Succeed({"copy", bucket.Uri("from/source"), destination});
    CHECK(copied["Source"] == bucket.Uri("from/source"));
    CHECK(copied["Destination"] == destination);
    CHECK(copied["ETag"] == Md5Of(bytes));
    CHECK(copied["Size"] == bytes.size());
    CHECK(copied["Verified"] == Server().traits.verified_by);
    CHECK(IsRfc3339(copied["LastModified"].get<std::string>()));
    CHECK(DescriptionOf(program.Succeed({"head-object", destination})) == Description());
    CHECK(program.Run({"cat", destination}).out == bytes);
  }
  CHECK(program.Succeed({"cp", bucket.Uri("from/source"), other.Uri("folder/")})["Destination"] ==
        other.Uri("folder/source"));
  CHECK(program.Succeed({"copy-object", bucket.Uri("from/source"), other.Uri()})["Destination"] ==
        other.Uri("source"));
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) ==
        std::vector<std::string>{"from/source", "to/copy"});
}

TEST_CASE("A copy has what the options name and the rest from its source") {
  const ContractProgram program;
  const TestBucket bucket;
  Put(program, "bytes", bucket.Uri("source"), Described());
  Json expected = Description();
  SECTION("a content header") {
    program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("copy"), "--cache-control=no-store"});
    expected["CacheControl"] = "no-store";
    CHECK(DescriptionOf(program.Succeed({"head-object", bucket.Uri("copy")})) == expected);
  }
  SECTION("a content header that is to be none") {
    program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("copy"), "--content-language", ""});
    expected.erase("ContentLanguage");
    CHECK(DescriptionOf(program.Succeed({"head-object", bucket.Uri("copy")})) == expected);
  }
  SECTION("metadata in place of all of the source's") {
    program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("copy"), "--metadata=three=3"});
    expected["Metadata"] = {{"three", "3"}};
    CHECK(DescriptionOf(program.Succeed({"head-object", bucket.Uri("copy")})) == expected);
  }
  SECTION("copied onto itself") {
    program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("source"), "--content-type=text/plain"});
    expected["ContentType"] = "text/plain";
    CHECK(DescriptionOf(program.Succeed({"head-object", bucket.Uri("source")})) == expected);
    CHECK(program.Run({"cat", bucket.Uri("source")}).out == "bytes");
  }
}

TEST_CASE("A copy has its source's tags") {
  if (!Server().traits.keeps_tags) return;
  const ContractProgram program;
  const TestBucket bucket;
  Put(program, "bytes", bucket.Uri("source"), {"--tag=team=a b/c", "--tag=größe=+=:@"});
  program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("copy")});
  CHECK(program.Succeed({"head-object", bucket.Uri("copy")})["TagCount"] == 2);
  CHECK(SortedTags({bucket.name(), "copy"}) == NamedValues{{"größe", "+=:@"}, {"team", "a b/c"}});
}

TEST_CASE("A copy with another description keeps the tags and one with tags of its own has these") {
  if (!Server().traits.keeps_tags) return;
  const ContractProgram program;
  const TestBucket bucket;
  Put(program, "bytes", bucket.Uri("source"), {"--tag=team=a"});
  const auto tags = [&](const char* key) {
    return DirectClient().Call<GetObjectTagging>({bucket.name(), key}).tags;
  };
  program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("described"), "--cache-control=no-store"});
  CHECK(tags("described") == NamedValues{{"team", "a"}});
  program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("tagged"), "--tag=team=b", "--tag=x=y"});
  CHECK(tags("tagged") == NamedValues{{"team", "b"}, {"x", "y"}});
  program.Succeed({"move", bucket.Uri("described"), bucket.Uri("moved"), "--content-type=text/plain"});
  CHECK(tags("moved") == NamedValues{{"team", "a"}});
}

TEST_CASE("A copy has its source's storage class unless another is named") {
  const std::string other_class(Server().traits.second_storage_class);
  if (other_class.empty()) return;
  const ContractProgram program;
  const TestBucket bucket;
  Put(program, "bytes", bucket.Uri("source"), {"--storage-class=" + other_class});
  const auto class_of = [&](const std::string& key) {
    return program.Succeed({"list-objects", bucket.Uri(key)})["Contents"][0]["StorageClass"];
  };
  CHECK(program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("kept")})["StorageClass"] == other_class);
  CHECK(class_of("kept") == other_class);
  program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("other"), "--storage-class=STANDARD"});
  CHECK(class_of("other") == "STANDARD");
  program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("source"), "--storage-class=STANDARD"});
  CHECK(class_of("source") == "STANDARD");
  CHECK(program.Run({"cat", bucket.Uri("source")}).out == "bytes");
}

TEST_CASE("A copy is made only if the source is as the conditions say") {
  const ContractProgram program;
  const TestBucket bucket;
  Put(program, "bytes", bucket.Uri("source"));
  const std::string etag = Md5Of("bytes");
  const std::string another = Md5Of("other bytes");
  for (const std::string& holds :
       {"--source-if-match=" + etag, "--source-if-match=\"" + etag + "\"",
        "--source-if-none-match=" + another, std::string("--source-if-modified-since=1h"),
        std::string("--source-if-unmodified-since=2099-01-01")}) {
    CAPTURE(holds);
    program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("copy"), holds});
    program.Succeed({"delete", bucket.Uri("copy")});
  }
  for (const std::string& fails : {"--source-if-match=" + another, "--source-if-none-match=" + etag,
                                   std::string("--source-if-modified-since=2099-01-01"),
                                   std::string("--source-if-unmodified-since=1h")}) {
    CAPTURE(fails);
    for (const char* const verb : {"copy", "move"}) {
      CHECK(program.Fail(6, {verb, bucket.Uri("source"), bucket.Uri("copy"), fails})["Kind"] ==
            "Precondition");
    }
    CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"source"});
  }
}

TEST_CASE("A copy is made only if the destination is as the conditions say") {
  const ContractProgram program;
  const TestBucket bucket;
  Put(program, "new", bucket.Uri("source"));
  Put(program, "old", bucket.Uri("there"));
  const auto copy = [&](const std::string& key, const std::string& condition) {
    return Arguments{"copy", bucket.Uri("source"), bucket.Uri(key), condition};
  };
  for (const std::string& fails : {std::string("--if-none-match"), "--if-match=" + Md5Of("new")}) {
    CHECK(program.Fail(6, copy("there", fails))["Kind"] == "Precondition");
  }
  CHECK(program.Fail(6, copy("none", "--if-match=" + Md5Of("new")))["Kind"] == "Precondition");
  const Json skipped = program.Succeed(copy("there", "--no-clobber"));
  CHECK(skipped ==
        Json({{"Source", bucket.Uri("source")}, {"Destination", bucket.Uri("there")}, {"Skipped", true}}));
  CHECK(program.Run({"cat", bucket.Uri("there")}).out == "old");
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) ==
        std::vector<std::string>{"source", "there"});

  program.Succeed(copy("made", "--no-clobber"));
  CHECK(program.Run({"cat", bucket.Uri("made")}).out == "new");
  const int status = Server().traits.conditional_write;
  RequireExit(program.Run(copy("made-too", "--if-none-match")), status);
  RequireExit(program.Run(copy("there", "--if-match=" + Md5Of("old"))), status);
  CHECK(program.Run({"cat", bucket.Uri("there")}).out == (status == 0 ? "new" : "old"));
}

TEST_CASE("A copy of a version is of that version") {
  const ContractProgram program;
  const TestBucket bucket(TestBucket::AtTheEnd::kLeft);
  KeepVersions(bucket.name());
  program.folder().Write("source", "first");
  program.Succeed({"put-object", "source", bucket.Uri("o")});
  const std::string first = VersionOf(program, bucket.Uri("o"));
  REQUIRE_FALSE(first.empty());
  Put(program, "second", bucket.Uri("o"));
  const Json copied = program.Succeed({"copy", bucket.Uri("o"), bucket.Uri("copy"), "--version-id=" + first});
  if (Server().traits.tells_versions_of_copies) {
    CHECK(copied.value("CopySourceVersionId", "") == first);
    CHECK(copied.value("VersionId", "") == VersionOf(program, bucket.Uri("copy")));
  }
  CHECK(program.Run({"cat", bucket.Uri("copy")}).out == "first");
  // An older version becomes the newest.
  program.Succeed({"copy", bucket.Uri("o"), bucket.Uri("o"), "--version-id=" + first});
  CHECK(program.Run({"cat", bucket.Uri("o")}).out == "first");
}

TEST_CASE("A copy that cannot be made leaves both buckets as they are") {
  const ContractProgram program;
  const TestBucket bucket;
  Put(program, "bytes", bucket.Uri("source"));
  CHECK(program.Fail(4, {"copy", bucket.Uri("none"), bucket.Uri("copy")})["HttpStatus"] == 404);
  CHECK(program.Fail(4, {"copy", bucket.Uri("source"), "s3://" + NewBucketName() + "/copy"})["Code"] ==
        "NoSuchBucket");
  CHECK(program.Fail(4, {"copy", "s3://" + NewBucketName() + "/k", bucket.Uri("copy")})["HttpStatus"] == 404);
  program.Fail(2, {"copy", bucket.Uri("source"), bucket.Uri("source")});
  program.Fail(2, {"copy", bucket.Uri("source"), bucket.Uri()});  // the same, by its base name
  CHECK(program.Succeed({"copy", bucket.Uri("source"), bucket.Uri("copy"), "--dry-run"})["DryRun"] == true);
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"source"});
}

}  // namespace s3conn
