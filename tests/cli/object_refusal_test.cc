#include <sys/stat.h>

#include <string>
#include <utility>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

struct Refusal {
  Arguments options;
  std::string message;  // a part of it
  std::string hint;     // the same
};

// Commands with what they need, to which options are added.
const std::vector<Arguments> kReaders = {
    {"head-object", "s3://b/k"}, {"get-object", "s3://b/k", "target"}, {"cat", "s3://b/k"}};
const std::vector<Arguments> kWriters = {
    {"put-object", "file", "s3://b/k"}, {"copy", "s3://b/k", "s3://b/l"}, {"move", "s3://b/k", "s3://b/l"}};
const std::vector<Arguments> kCopiers = {kWriters[1], kWriters[2]};

// Exit status 2, before anything is sent, and nothing new in the folder.
void CheckRefused(const std::vector<Arguments>& commands, const std::vector<Refusal>& refusals) {
  const ScriptedProgram program;
  program.folder().Write("file", "hello");
  const auto write_key = [&program](const char* name, const std::string& bytes) {
    REQUIRE(chmod(program.folder().Write(name, bytes).c_str(), 0600) == 0);
  };
  write_key("key", std::string(32, 'd'));
  write_key("short", std::string(31, 'd'));
  write_key("long", std::string(33, 'd'));
  write_key("empty", "");
  write_key("short64", "ZGRk\n");
  write_key("line", std::string(31, 'd') + "\n");
  const std::vector<std::string> names = program.folder().Names();
  for (const Arguments& command : commands) {
    for (const Refusal& refusal : refusals) {
      Arguments arguments = command;
      arguments.insert(arguments.end(), refusal.options.begin(), refusal.options.end());
      const Json error = program.Fail(2, arguments);
      INFO(error.dump());
      CHECK(error["Kind"] == "Usage");
      CHECK(Contains(error["Message"].get<std::string>(), refusal.message));
      CHECK(Contains(error.value("Hint", ""), refusal.hint));
    }
  }
  CHECK(program.requests().empty());
  CHECK(program.folder().Names() == names);
}

Refusal Of(Arguments options, std::string message, std::string hint = "") {
  return {std::move(options), std::move(message), std::move(hint)};
}

Arguments Tags(int count) {
  Arguments options;
  for (int i = 0; i < count; ++i) {
    options.emplace_back("--tag");
    options.push_back("t" + std::to_string(i) + "=");
  }
  return options;
}

void CheckNoKeyIsSent(const ScriptedProgram& program, const std::vector<Arguments>& commands) {
  for (Arguments command : commands) {
    const bool copier = command.front() == "copy" || command.front() == "move";
    command.emplace_back(copier ? "--source-sse-c-key=key" : "--sse-c-key=key");
    const Json error = program.Fail(2, command);
    CHECK(Contains(error["Message"].get<std::string>(), "would be sent without TLS"));
    CHECK(Contains(error["Hint"].get<std::string>(), "https://"));
  }
}

}  // namespace

TEST_CASE("what reads refuses values that cannot be meant") {
  CheckRefused(kReaders, {Of({"--if-match", "a b"}, "--if-match 'a b' can't be an ETag", "head-object shows"),
                          Of({"--if-match", "a\"b"}, "--if-match 'a\"b' can't be an ETag"),
                          Of({"--if-match", "a\r\nb"}, "--if-match 'a\\x0d\\x0ab' can't be an ETag"),
                          Of({"--if-match", "W/\"a\""}, "can't be an ETag"),
                          Of({"--if-match", "caf\xc3\xa9"}, "can't be an ETag"),
                          Of({"--if-match", ""}, "--if-match: the value is empty"),
                          Of({"--version-id", ""}, "--version-id: the value is empty"),
                          Of({"--sse-c-key", ""}, "--sse-c-key: the value is empty")});
}

TEST_CASE("a range that is none is refused") {
  std::vector<Refusal> refusals;
  for (const char* const range : {"x", "5", "-", "9-5", "-0", "0-1,3-4", "1-2-3", "0x1-2", " 1-2",
                                  "bytes=", "chars=1-2", "99999999999999999999-", "1-2\x1b"}) {
    refusals.push_back(Of({"--range", range}, "is not a range of bytes", "as in 0-99"));
  }
  refusals.push_back(Of({"--range", "9-5"}, "--range '9-5'"));
  refusals.push_back(Of({"--range", ""}, "--range: the value is empty"));
  CheckRefused({kReaders[1], kReaders[2]}, refusals);
}

TEST_CASE("times that are none are refused") {
  std::vector<Refusal> refusals;
  for (const char* const option : {"--source-if-modified-since", "--source-if-unmodified-since"}) {
    for (const char* const time : {"yesterday", "2026", "2026-02-30", "7w", "-7d", "1.5h", "1767225600"}) {
      refusals.push_back(Of({option, time}, std::string(option) + " '" + time + "' is not a time", "7d"));
    }
    refusals.push_back(Of({option, ""}, std::string(option) + ": the value is empty"));
  }
  for (const char* const option : {"--source-if-match", "--source-if-none-match"}) {
    refusals.push_back(Of({option, "a b"}, std::string(option) + " 'a b' can't be an ETag"));
  }
  CheckRefused(kCopiers, refusals);
}

TEST_CASE("settings that are not known are refused with what is") {
  CheckRefused(
      kWriters,
      {Of({"--acl", "public"}, "--acl 'public' is not known", "public-read, public-read-write"),
       Of({"--acl", "log-delivery-write"}, "is not known"),
       Of({"--sse", "AES"}, "--sse 'AES' is not known", "AES256, aws:kms, aws:kms:dsse"),
       Of({"--storage-class", "STANDARD_AI"}, "--storage-class 'STANDARD_AI' is not known",
          "did you mean STANDARD_IA?"),
       Of({"--acl", ""}, "--acl: the value is empty"), Of({"--sse", ""}, "--sse: the value is empty"),
       Of({"--storage-class", ""}, "--storage-class: the value is empty")});
}

TEST_CASE("pairs that are none are refused") {
  for (const char* const option : {"--metadata", "--tag"}) {
    const std::string name = option;
    CheckRefused(kWriters, {Of({name, "x"}, name + " 'x' is not NAME=VALUE", "several times"),
                            Of({name, "=x"}, name + " '=x' is not NAME=VALUE"),
                            Of({name, ""}, name + " '' is not NAME=VALUE"),
                            Of({name, "a=1", name, "a=2"}, "'a' is given twice")});
  }
}

TEST_CASE("what no header can carry is refused") {
  std::vector<Refusal> refusals;
  for (const char* const option : {"--content-type", "--content-encoding", "--content-disposition",
                                   "--content-language", "--cache-control", "--storage-class"}) {
    refusals.push_back(Of({option, "a\r\nx-amz-acl: public-read"}, "has a control character in it"));
    refusals.push_back(Of({option, "a\x7f"}, "a\\x7f' has a control character in it"));
    refusals.push_back(Of({option, "caf\xc3\xa9"}, "is not plain ASCII", "encode them"));
    refusals.push_back(Of({option, "\xff"}, "'\\xff' is not plain ASCII"));
  }
  refusals.push_back(Of({"--metadata", "a=b\nc"}, "metadata a: 'b\\x0ac' has a control character in it"));
  refusals.push_back(Of({"--metadata", "a=\xc3\xa9"}, "metadata a: '\xc3\xa9' is not plain ASCII"));
  refusals.push_back(Of({"--metadata", "a b=c"}, "metadata 'a b' is not a name that a header can have"));
  refusals.push_back(Of({"--metadata", "a:b=c"}, "metadata 'a:b' is not a name"));
  refusals.push_back(Of({"--metadata", "caf\xc3\xa9=c"}, "is not a name that a header can have"));
  refusals.push_back(Of({"--metadata", "Name=1", "--metadata", "nAME=2"}, "is given twice", "letter case"));
  refusals.push_back(Of({"--metadata", "a=" + std::string(2048, 'x')}, "2049 bytes; S3 takes at most 2048"));
  refusals.push_back(Of({"--sse=aws:kms", "--sse-kms-key-id", "k\n"}, "has a control character in it"));
  CheckRefused(kWriters, refusals);
}

TEST_CASE("tags against the rules of S3 are refused") {
  CheckRefused(kWriters,
               {Of(Tags(11), "11 tags are given; S3 takes at most 10"),
                Of({"--tag", std::string(129, 'n') + "=v"}, "the name has more than 128 characters"),
                Of({"--tag", "n=" + std::string(257, 'v')}, "the value has more than 256 characters"),
                Of({"--tag", "n=\xff"}, "it is not valid UTF-8"),
                Of({"--tag", "n\n=v"}, "tag 'n\\x0a': it has a control character")});
}

TEST_CASE("encryption that contradicts itself is refused") {
  CheckRefused(kWriters,
               {Of({"--sse-kms-key-id=k"}, "--sse does not say aws:kms", "--sse aws:kms"),
                Of({"--sse=AES256", "--sse-kms-key-id=k"}, "--sse does not say aws:kms"),
                Of({"--sse=AES256", "--sse-c-key=key"}, "--sse and --sse-c-key exclude each other")});
}

TEST_CASE("a key file that holds no key is refused") {
  std::vector<Refusal> refusals;
  for (const char* const name : {"short", "long", "empty", "short64", "line"}) {
    refusals.push_back(Of({"--sse-c-key", name}, std::string("--sse-c-key: '") + name + "' holds no key",
                          "openssl rand -base64 32"));
  }
  CheckRefused(kWriters, refusals);
  CheckRefused(kReaders, refusals);
  CheckRefused(kCopiers, {Of({"--source-sse-c-key=short"}, "--source-sse-c-key: 'short' holds no key")});
}

TEST_CASE("a key file that is missing is told before any request") {
  const ScriptedProgram program;
  const Json error = program.Fail(4, {"head-object", "s3://b/k", "--sse-c-key=missing"});
  CHECK(error["Message"] == "--sse-c-key: read 'missing': No such file or directory");
  CHECK(program.requests().empty());
}

TEST_CASE("a key is not sent without TLS but to this machine") {
  ScriptedProgram program;
  program.folder().Write("file", "hello");
  REQUIRE(chmod(program.folder().Write("key", std::string(32, 'd')).c_str(), 0600) == 0);
  std::vector<Arguments> commands = kReaders;
  commands.insert(commands.end(), kWriters.begin(), kWriters.end());
  for (const char* const endpoint :
       {"http://store.test", "http://127.0.0.1.store.test", "http://192.0.2.1"}) {
    program.environment["S3CONN_ENDPOINT_URL"] = endpoint;
    CheckNoKeyIsSent(program, commands);
  }
}

TEST_CASE("conditions that exclude each other are refused") {
  std::vector<Refusal> refusals;
  for (const Arguments& options :
       {Arguments{"--if-none-match", "--no-clobber"}, Arguments{"--if-none-match", "--if-match=e"},
        Arguments{"--no-clobber", "--if-match=e"}}) {
    refusals.push_back(Of(options, "exclude each other", "give one of them"));
  }
  CheckRefused(kWriters, refusals);
  CheckRefused({kReaders[1]}, {refusals[0]});
  CheckRefused({{"get-object", "s3://b/k", "-"}},
               {Of({"--no-clobber"}, "are about the file that is written", "name a file"),
                Of({"--if-none-match"}, "are about the file that is written"),
                Of({"--dry-run"}, "are about the file that is written")});
}

TEST_CASE("a copy or a move onto itself is refused") {
  CheckRefused({{"copy", "s3://b/a/k", "s3://b/a/"}},
               {Of({}, "s3://b/a/k would be copied onto itself, with nothing changed", "--storage-class")});
  CheckRefused({{"move", "s3://b/a/k", "s3://b/a/"}},
               {Of({}, "s3://b/a/k would be moved onto itself", "copy it onto itself"),
                Of({"--storage-class=GLACIER"}, "would be moved onto itself")});
}

TEST_CASE("copy and move of local files are refused with the commands that do it") {
  for (const char* const verb : {"copy", "move"}) {
    CheckRefused({{verb, "file", "s3://b/k"}, {verb, "s3://b/k", "file"}, {verb, "-", "s3://b/k"}},
                 {Of({}, std::string("is not an s3:// address: ") + verb + " works within the store",
                     "put-object uploads a file, get-object downloads one")});
    CheckRefused({{verb, "s3://b/", "s3://b/k"}}, {Of({}, "the key is empty")});
    CheckRefused({{verb, "s3://b/k", "s3://b/\xff"}}, {Of({}, "the key '\\xff' is not valid UTF-8")});
  }
}

TEST_CASE("a file whose name is not UTF-8 needs a key") {
  const ScriptedProgram program({Respond(200, {{"ETag", "\"e\""}})});
  program.folder().Write("caf\xe9", "hello");
  const Json error = program.Fail(2, {"put-object", "caf\xe9", "s3://b/folder/"});
  CHECK(error["Message"] == "the key 'folder/caf\\xe9' is not valid UTF-8");
  CHECK(error["Hint"] == "S3 keys are UTF-8; give the object another name");
  CHECK(program.requests().empty());
  CHECK(program.Succeed({"put-object", "caf\xe9", "s3://b/cafe"})["Key"] == "cafe");
}

TEST_CASE("an option whose value is left out does not swallow what follows") {
  CheckRefused({{"put-object", "file", "s3://b/k"}},
               {Of({"--if-match=", "--dry-run"}, "--if-match needs a value", "--if-match ''"),
                Of({"--content-type=", "--dry-run"}, "--content-type needs a value", "--content-type ''")});
}

TEST_CASE("Quotes with nothing between them are no ETag") {
  const ScriptedProgram program;
  program.folder().Write("source", "bytes");
  const std::vector<Arguments> commands = {
      {"put-object", "source", "s3://b/k", "--if-match", "\"\""},
      {"get-object", "s3://b/k", "target", "--if-match", "\"\""},
      {"cat", "s3://b/k", "--if-match", "\"\""},
      {"delete", "s3://b/k", "--if-match", "\"\""},
      {"copy", "s3://b/k", "s3://b/l", "--if-match", "\"\""},
      {"move", "s3://b/k", "s3://b/l", "--source-if-match", "\"\""},
      {"copy", "s3://b/k", "s3://b/l", "--source-if-none-match", "\"\""}};
  for (const Arguments& command : commands) {
    CHECK(Contains(program.Fail(2, command)["Message"].get<std::string>(), "can't be an ETag"));
  }
  CHECK(program.requests().empty());
}

}  // namespace s3conn
