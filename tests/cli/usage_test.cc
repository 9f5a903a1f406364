#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

struct Refusal {
  Arguments arguments;
  std::string message;  // a part of it
  std::string hint;     // the same; "" is not looked at
};

// Exit status 2, before anything is sent, and nothing in the folder.
void CheckRefused(const std::vector<Refusal>& refusals) {
  const ScriptedProgram program;
  for (const Refusal& refusal : refusals) {
    const Json error = program.Fail(2, refusal.arguments);
    INFO(error.dump());
    CHECK(error["Kind"] == "Usage");
    CHECK(Contains(error["Message"].get<std::string>(), refusal.message));
    CHECK(Contains(error.value("Hint", ""), refusal.hint));
    CHECK(error["Retryable"] == false);
  }
  CHECK(program.requests().empty());
  CHECK(program.folder().Names().empty());
  CHECK(program.home().Names().empty());
}

}  // namespace

TEST_CASE("create-bucket refuses names that break a rule and says which") {
  const auto name = [](const std::string& bucket, const std::string& rule) {
    return Refusal{{"create-bucket", bucket}, rule, ""};
  };
  CheckRefused({
      name("ab", "3 to 63 characters, and this has 2"),
      name(std::string(64, 'a'), "3 to 63 characters, and this has 64"),
      name("Upper-case", "lower-case"),
      name("under_score", "only a-z"),
      name("with space", "only a-z"),
      name("caf\xc3\xa9", "only a-z"),
      name("s3://-begins", "begin and end with a letter or a digit"),
      name("ends-", "begin and end with a letter or a digit"),
      name(".begins", "begin and end with a letter or a digit"),
      name("two..dots", "two dots in a row"),
      name("192.168.5.4", "IP address"),
      name("xn--name", "begin with 'xn--'"),
      name("sthree-name", "begin with 'sthree-'"),
      name("amzn-s3-demo-name", "begin with 'amzn-s3-demo-'"),
      name("name-s3alias", "end with '-s3alias'"),
      name("name--ol-s3", "end with '--ol-s3'"),
      name("name.mrap", "end with '.mrap'"),
      name("name--x-s3", "end with '--x-s3'"),
      name("name--table-s3", "end with '--table-s3'"),
      name("", "bucket's name is missing"),
      name("new\nline", "can't be the name of a bucket"),
      name("bucket/key", "can't be the name of a bucket"),
  });
}

TEST_CASE("Other commands take old names and names of other stores") {
  const ScriptedProgram program({Respond(200)});
  CHECK(program.Succeed({"head-bucket", "Old_Name"})["BucketName"] == "Old_Name");
  CHECK(program.request_lines() == Arguments{"HEAD /Old_Name"});
}

TEST_CASE("A key must have 1 to 1024 bytes") {
  const std::string too_long = "s3://b/" + std::string(1025, 'k');
  CheckRefused({
      {{"get-object", "s3://b/", "t"}, "the key is empty", "s3://BUCKET/KEY"},
      {{"get-object", "s3://b", "t"}, "the key is empty", ""},
      {{"head-object", "s3://b/"}, "the key is empty", ""},
      {{"delete", "s3://b/"}, "the key is empty", ""},
      {{"put-object", "-", "s3://b"}, "has no name to append", "s3://b/NAME"},
      {{"put-object", "-", "s3://b/folder/"}, "has no name to append", "s3://b/folder/NAME"},
      {{"get-object", too_long, "t"}, "the key has 1025 bytes", ""},
      {{"put-object", "-", too_long}, "the key has 1025 bytes", ""},
      {{"head-object", too_long}, "the key has 1025 bytes", ""},
      {{"delete", too_long}, "the key has 1025 bytes", ""},
  });
}

TEST_CASE("Addresses that are none are refused") {
  CheckRefused({
      {{"get-object", "b/k"}, "'b/k' is not an s3:// address", "write s3://BUCKET/KEY"},
      {{"get-object", "s3:///k"}, "the bucket's name is missing", ""},
      {{"list-objects", "s3://"}, "the bucket's name is missing", ""},
      {{"head-object", "https://b/k"}, "is not an s3:// address", ""},
      {{"head-bucket", "s3://b/k"}, "names an object, not a bucket", "give the bucket alone: b"},
      {{"head-bucket", ".."}, "can't be the name of a bucket", ""},
      {{"put-object", "here", "there"}, "is not an s3:// address", ""},
  });
}

TEST_CASE("One bad argument of several stops all before the first is deleted") {
  CheckRefused({{{"delete", "s3://b/good", "s3://b/"}, "the key is empty", ""},
                {{"delete", "s3://b/good", "bad"}, "is not an s3:// address", ""}});
}

TEST_CASE("Unknown commands and options suggest the nearest") {
  CheckRefused({
      {{"list-object", "s3://b"}, "there is no command 'list-object'", "did you mean 'list-objects'?"},
      {{"get-objct"}, "there is no command 'get-objct'", "did you mean 'get-object'?"},
      {{"nonsense"}, "there is no command 'nonsense'", "s3conn help"},
      {{""}, "there is no command ''", ""},
      {{"list-objects", "s3://b", "--delimitr", "/"},
       "has no option '--delimitr'",
       "did you mean '--delimiter'?"},
      {{"list-objects", "s3://b", "--reigon=x"}, "has no option '--reigon=x'", "did you mean '--region'?"},
      {{"--profil=x", "version"}, "has no option '--profil=x'", "did you mean '--profile'?"},
      {{"version", "-x"}, "version has no option '-x'", "s3conn help version"},
      {{"help", "list-object"}, "there is no command 'list-object'", "did you mean 'list-objects'?"},
      {{"help", "stt"}, "there is no command 'stt'", "did you mean 'stat'?"},
  });
}

TEST_CASE("Missing and surplus arguments are refused") {
  CheckRefused({
      {{"create-bucket"}, "create-bucket: BUCKET is missing", "s3conn help create-bucket"},
      {{"put-object", "x"}, "DESTINATION is missing", ""},
      {{"get-object"}, "SOURCE is missing", ""},
      {{"delete"}, "OBJECT is missing", ""},
      {{"list-buckets", "s3://b"}, "unexpected argument 's3://b'", "s3conn help list-buckets"},
      {{"get-object", "s3://b/k", "t", "more"}, "unexpected argument 'more'", ""},
      {{"list-objects", "s3://b", "--max-keys"}, "--max-keys needs a value", "s3conn help list-objects"},
      {{"list-objects", "s3://b", "--max-keys="}, "--max-keys needs a value", ""},
      {{"list-objects", "s3://b", "--region=a", "--region=b"}, "--region is given more than once", ""},
  });
}

TEST_CASE("Bad values name the option and the value and what is valid") {
  CheckRefused({
      {{"list-objects", "s3://b", "--max-keys=x"}, "--max-keys 'x' is not a number", "whole number"},
      {{"list-objects", "s3://b", "--max-keys=-1"}, "--max-keys '-1' is not a number", ""},
      {{"list-objects", "s3://b", "--max-keys=99999999999999999999"}, "is not a number", ""},
      {{"list-objects", "s3://b/p", "--prefix=q"}, "the prefix is given twice", ""},
      {{"list-buckets", "--output=xml"}, "'xml' (from --output)", ""},
      {{"list-buckets", "--output=xml"}, "auto, json, ndjson or text", ""},
      {{"list-buckets", "--max-attempts=0"}, "'0' (from --max-attempts)", ""},
      {{"list-buckets", "--read-timeout=5x"}, "'5x' (from --read-timeout)", ""},
      {{"list-buckets", "--connect-timeout=0"}, "'0' (from --connect-timeout)", ""},
      {{"list-buckets", "--region=not a label"}, "'not a label' (from --region)", ""},
      {{"list-buckets", "--addressing=x"}, "'x' (from --addressing)", ""},
      {{"list-buckets", "--endpoint-url=ftp://x"},
       "must begin with http:// or https://",
       "https://s3.example.com"},
      {{"list-buckets", "--endpoint-url=http://"}, "from --endpoint-url", ""},
      {{"list-buckets", "--endpoint-url=http://h:99999"}, "from --endpoint-url", ""},
      {{"list-buckets", "--endpoint-url=http://user:password@h"}, "user name or password", ""},
      {{"completion", "tcsh"}, "there is no completion for 'tcsh'", "bash, zsh or fish"},
      {{"help", "--as=pdf"}, "--as 'pdf' is not known", "text, markdown or man"},
  });
}

TEST_CASE("A password in an endpoint is not repeated") {
  BareProgram program;
  program.secrets = {"password-canary"};
  program.Fail(2, {"list-buckets", "--endpoint-url=http://user:password-canary@h"});
}

TEST_CASE("Sources that cannot be uploaded are refused before any request") {
  const ScriptedProgram program;
  program.folder().Write("folder/file", "");
  const Json missing = program.Fail(4, {"put-object", "missing", "s3://b/k"});
  CHECK(missing["Message"] == "read 'missing': No such file or directory");
  const Json folder = program.Fail(2, {"put-object", "folder", "s3://b/k"});
  CHECK(folder["Message"] == "'folder' is a directory");
  const Json device = program.Fail(2, {"put-object", "/dev/null", "s3://b/k"});
  CHECK(device["Message"] == "'/dev/null' is not a regular file");
  CHECK(program.requests().empty());
}

TEST_CASE("Targets that cannot be written are refused before any request") {
  const ScriptedProgram program;
  program.folder().Write("file", "what was there");
  const Json below_file = program.Fail(10, {"get-object", "s3://b/k", "file/k"});
  CHECK(below_file["Kind"] == "LocalIo");
  CHECK(below_file["Message"] == "write 'file/k': Not a directory");
  const Json no_folder = program.Fail(10, {"get-object", "s3://b/k", "missing/"});
  CHECK(no_folder["Message"] == "write 'missing/k': No such file or directory");
  CHECK(no_folder["Hint"] == "make the folder first");
  CHECK(program.Fail(10, {"get-object", "s3://b/k", "/proc/k"})["Kind"] == "LocalIo");
  CHECK(program.Fail(2, {"get-object", "s3://b/folder/"})["Message"] ==
        "the key 'folder/' gives no file name");
  CHECK(program.Fail(2, {"get-object", "s3://b/a/.."})["Message"] == "the key 'a/..' gives no file name");
  CHECK(program.requests().empty());
  CHECK(program.folder().Names() == Arguments{"file"});
  CHECK(program.folder().Read("file") == "what was there");
}

TEST_CASE("A target folder that holds a folder of the key's name is refused") {
  const ScriptedProgram program;
  program.folder().Write("there/k/file", "");
  CHECK(program.Fail(2, {"get-object", "s3://b/k", "there"})["Message"] == "'there/k' is a directory");
  CHECK(program.requests().empty());
}

TEST_CASE("Errors are text where text is asked for") {
  const BareProgram program;
  const ProgramResult run = program.Run({"list-object", "--output", "text"});
  RequireExit(run, 2);
  CHECK(run.err == "s3conn: there is no command 'list-object'\n  hint: did you mean 'list-objects'?\n");
}

}  // namespace s3conn
