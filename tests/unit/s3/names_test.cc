#include "s3conn/s3/names.h"

#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST_CASE("everything after the first slash of an s3 address is the key byte for byte") {
  struct Row {
    std::string_view text;
    std::string_view bucket;
    std::string_view key;
  };
  for (const Row& row :
       {Row{"s3://b/k", "b", "k"}, Row{"s3://b", "b", ""}, Row{"s3://b/", "b", ""},
        Row{"s3://b/a//b", "b", "a//b"}, Row{"s3://b//a", "b", "/a"}, Row{"s3://b/x y+z%20", "b", "x y+z%20"},
        Row{"s3://b/../up", "b", "../up"}, Row{"s3://b/a/./b/..", "b", "a/./b/.."},
        Row{"s3://b/k?versionId=1#f", "b", "k?versionId=1#f"}, Row{"s3://b/dir/", "b", "dir/"},
        Row{"s3://My_Bucket/k", "My_Bucket", "k"}, Row{"s3://b/\xff\n\\", "b", "\xff\n\\"},
        Row{"s3://b/s3://c/d", "b", "s3://c/d"}}) {
    CAPTURE(row.text);
    const Result<ObjectUri> uri = ParseObjectUri(row.text);
    REQUIRE(uri);
    CHECK(uri->bucket == row.bucket);
    CHECK(uri->key == row.key);
    CHECK(IsS3Uri(row.text));
  }
}

TEST_CASE("an s3 address without scheme or bucket is a usage error") {
  for (const std::string_view bad : {"", "b/k", "s3:/b/k", "S3://b/k", "http://b/k", " s3://b/k", "s3://",
                                     "s3:///k", "s3://./k", "s3://../k", "s3://b\n/k"}) {
    CAPTURE(bad);
    const Result<ObjectUri> uri = ParseObjectUri(bad);
    REQUIRE_FALSE(uri);
    CHECK(uri.error().kind == ErrorKind::kUsage);
    CHECK_FALSE(Contains(uri.error().message, "\n"));
  }
}

TEST_CASE("an access point's ARN in an s3 address ends before the key") {
  struct Row {
    std::string_view bucket;
    std::string_view rest;
    std::string_view key;
  };
  for (const Row& row :
       {Row{"arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap", "/some/key", "some/key"},
        Row{"arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap", "", ""},
        Row{"arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap", "/", ""},
        Row{"arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap", "//a:b/", "/a:b/"},
        Row{"arn:aws:s3:eu-west-1:123456789012:accesspoint:my-ap", "/k", "k"},
        Row{"arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/my-ap", "/k", "k"},
        Row{"arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/accesspoint/my-ap", "/a/b", "a/b"},
        Row{"arn:aws:s3-outposts:eu-west-1:123456789012:outpost:op-1:accesspoint:my-ap", "/a/b", "a/b"}}) {
    const std::string text = "s3://" + std::string(row.bucket) + std::string(row.rest);
    CAPTURE(text);
    const Result<ObjectUri> uri = ParseObjectUri(text);
    REQUIRE(uri);
    CHECK(uri->bucket == row.bucket);
    CHECK(uri->key == row.key);
    CHECK(CheckBucketName(row.bucket));
    CHECK(FormatObjectUri(uri->bucket, "k") == "s3://" + std::string(row.bucket) + "/k");
  }
}

TEST_CASE("an ARN that is no access point's is a usage error where a bucket is wanted") {
  for (const std::string arn :
       {"arn:aws:s3:::my-bucket", "arn:aws:s3", "arn:", "arn:aws:s3:eu-west-1:123456789012:bucket/a",
        "arn:aws:s3:eu-west-1:123456789012:accesspoint/a\nb",
        "arn:aws:s3::123456789012:accesspoint/name.mrap"}) {
    CAPTURE(arn);
    for (const Status& status :
         {CheckBucketName(arn), Status(ParseObjectUri("s3://" + arn + "/k").map([](auto) {}))}) {
      REQUIRE_FALSE(status);
      CHECK(status.error().kind == ErrorKind::kUsage);
      CHECK_FALSE(Contains(status.error().message, "\n"));
      CHECK_FALSE(status.error().hint.empty());
    }
  }
}

TEST_CASE("a new bucket is not named by an ARN") {
  const Status checked = CheckNewBucketName("arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap");
  REQUIRE_FALSE(checked);
  CHECK(checked.error().kind == ErrorKind::kUsage);
  CHECK(Contains(checked.error().message, "it is an ARN"));
}

TEST_CASE("an address is put together as it is taken apart") {
  CHECK(FormatObjectUri("b", "a//b \xff") == "s3://b/a//b \xff");
  CHECK(FormatObjectUri("b", "") == "s3://b/");
}

TEST_CASE("an address in a message is escaped and cut short") {
  CHECK(ShowObjectUri("b", "a\nb") == "s3://b/a\\x0ab");
  const std::string shown = ShowObjectUri("b", std::string(1024, 'k'));
  CHECK(shown.size() < 300);
  CHECK(shown.substr(0, 10) == "s3://b/kkk");
  CHECK(shown.substr(shown.size() - 3) == "\xe2\x80\xa6");
}

TEST_CASE("a new bucket may have any name that S3's rules allow") {
  for (const std::string_view good : {"abc", "a-b.c1", "0ab", "my.bucket.name", "1.2.3", "a--b"}) {
    CAPTURE(good);
    CHECK(CheckNewBucketName(good));
  }
  CHECK(CheckNewBucketName(std::string(63, 'a')));
}

TEST_CASE("a new bucket's bad name is refused and the message names the rule") {
  struct Row {
    std::string name;
    std::string_view rule;
  };
  const Row rows[] = {
      {"", "3 to 63 characters, and this has 0"},
      {"ab", "3 to 63 characters"},
      {std::string(64, 'a'), "this has 64"},
      {"Abc", "lower-case"},
      {"a_b", "only a-z, 0-9"},
      {"a b", "only a-z, 0-9"},
      {"a/b", "only a-z, 0-9"},
      {"b\xc3\xa4"
       "c",
       "only a-z, 0-9"},
      {"-abc", "begin and end"},
      {"abc-", "begin and end"},
      {".abc", "begin and end"},
      {"abc.", "begin and end"},
      {"a..b", "two dots"},
      {"192.168.5.4", "IP address"},
      {"xn--abc", "'xn--' are reserved"},
      {"sthree-abc", "'sthree-' are reserved"},
      {"amzn-s3-demo-x", "'amzn-s3-demo-' are reserved"},
      {"abc-s3alias", "'-s3alias' are reserved"},
      {"abc--ol-s3", "'--ol-s3' are reserved"},
      {"abc.mrap", "'.mrap' are reserved"},
      {"abc--x-s3", "'--x-s3' are reserved"},
      {"abc--table-s3", "'--table-s3' are reserved"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Status checked = CheckNewBucketName(row.name);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().kind == ErrorKind::kUsage);
    CHECK(Contains(checked.error().message, row.rule));
  }
}

TEST_CASE("an existing bucket may have a name that no new one could get") {
  for (const std::string_view good : {"a", "My_Bucket", "a..b", "xn--abc"}) CHECK(CheckBucketName(good));
  CHECK(CheckBucketName(std::string(255, 'a')));
  for (const std::string_view bad : {"", ".", "..", "a/b", "a\tb", "a\x7f"}) {
    CAPTURE(bad);
    const Status checked = CheckBucketName(bad);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().kind == ErrorKind::kUsage);
  }
}

TEST_CASE("a key has 1 to 1024 bytes") {
  CHECK(CheckKey("k"));
  CHECK(CheckKey(std::string(1024, 'k')));
  CHECK(CheckKey("\xff\n"));
  const Status longer = CheckKey(std::string(1025, 'k'));
  REQUIRE_FALSE(longer);
  CHECK(longer.error().kind == ErrorKind::kUsage);
  CHECK(Contains(longer.error().message, "1025 bytes"));
  REQUIRE_FALSE(CheckKey(""));
  CHECK(CheckKey("").error().kind == ErrorKind::kUsage);
}

TEST_CASE("a new key is UTF-8 and has 1 to 1024 bytes") {
  CHECK(CheckNewKey("\xc3\xa4 \n"));
  for (const std::string& bad :
       {std::string("a\xff"), std::string(), std::string(1025, 'k'), std::string(1025, '\xff')}) {
    const Status checked = CheckNewKey(bad);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().kind == ErrorKind::kUsage);
    CHECK(checked.error().message.size() < 2000);
  }
  CHECK(Contains(CheckNewKey("a\xff").error().message, "a\\xff"));
}

}  // namespace
}  // namespace s3conn
