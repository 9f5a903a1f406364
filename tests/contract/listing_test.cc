#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "contract/contract_fixture.h"

namespace s3conn {
namespace {

using Strings = std::vector<std::string>;

// In the order of their bytes.
const Strings& Keys() {
  static const Strings kKeys = {"a", "a b", "a+b",   "a/1",   "a/2", "a/sub/1", "a/sub/2",
                                "b", "b/1", "c/1/1", "c/2/1", "d%",  "e",       "\xc3\xa9"};
  return kKeys;
}

// Follows the tokens from page to page; what all pages say together.
struct Walk {
  Strings keys;
  Strings prefixes;
  int pages = 0;
};

Walk WalkPages(const ContractProgram& program, const Arguments& listing, int page_size) {
  Walk walk;
  std::string token;
  do {
    Arguments arguments = listing;
    arguments.push_back(fmt::format("--max-keys={}", page_size));
    if (!token.empty()) arguments.push_back("--continuation-token=" + token);
    const Json page = program.Succeed(arguments);
    const Strings keys = KeysOf(page);
    const Strings prefixes = PrefixesOf(page);
    CHECK(page["KeyCount"] == keys.size() + prefixes.size());
    CHECK(page["KeyCount"] <= page_size);
    walk.keys.insert(walk.keys.end(), keys.begin(), keys.end());
    walk.prefixes.insert(walk.prefixes.end(), prefixes.begin(), prefixes.end());
    token = page.value("NextContinuationToken", "");
    CHECK(page["IsTruncated"] == !token.empty());
    ++walk.pages;
  } while (!token.empty() && walk.pages < 100);
  return walk;
}

}  // namespace

TEST_CASE("A listing shows what was put by prefix and delimiter and from a key on") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill(Keys());

  SECTION("all of it with every field") {
    const Json listing = program.Succeed({"list-objects", bucket.Uri()});
    CHECK(FieldNames(listing) == Strings{"Contents", "CommonPrefixes", "KeyCount", "IsTruncated"});
    CHECK(KeysOf(listing) == Keys());
    CHECK(listing["KeyCount"] == Keys().size());
    CHECK(listing["IsTruncated"] == false);
    const Json& object = listing["Contents"][0];
    CHECK(FieldNames(object) == Strings{"Key", "ETag", "LastModified", "Size", "StorageClass"});
    CHECK(object["ETag"] == Md5Of(""));
    CHECK(IsRfc3339(object["LastModified"].get<std::string>()));
    CHECK(object["Size"] == 0);
    CHECK(object["StorageClass"] == "STANDARD");
  }
  SECTION("prefix") {
    const Strings below_a = {"a/1", "a/2", "a/sub/1", "a/sub/2"};
    CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri("a/")})) == below_a);
    CHECK(KeysOf(program.Succeed({"ls", bucket.name(), "--prefix=a/"})) == below_a);
    CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri("a+")})) == Strings{"a+b"});
    CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri("nothing")})).empty());
  }
  SECTION("delimiter") {
    const Json top = program.Succeed({"list-objects", bucket.Uri(), "--delimiter=/"});
    CHECK(KeysOf(top) == Strings{"a", "a b", "a+b", "b", "d%", "e", "\xc3\xa9"});
    CHECK(PrefixesOf(top) == Strings{"a/", "b/", "c/"});
    CHECK(top["KeyCount"] == 10);
    const Json below = program.Succeed({"list-objects", bucket.Uri("a/"), "--delimiter=/"});
    CHECK(KeysOf(below) == Strings{"a/1", "a/2"});
    CHECK(PrefixesOf(below) == Strings{"a/sub/"});
  }
  SECTION("start after a key") {
    CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri(), "--start-after=b/1"})) ==
          Strings{"c/1/1", "c/2/1", "d%", "e", "\xc3\xa9"});
    CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri(), "--start-after=a/2", "--prefix=a/"})) ==
          Strings{"a/sub/1", "a/sub/2"});
  }
  SECTION("no keys at all") {
    const Json none = program.Succeed({"list-objects", bucket.Uri(), "--max-keys=0"});
    CHECK(none["KeyCount"] == 0);
    CHECK(none["Contents"].empty());
    CHECK(none["IsTruncated"] == false);
  }
}

TEST_CASE("Pages of any size make up the whole listing") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill(Keys());
  for (const int page_size : {1, 3, 5, 14, 1000}) {
    CAPTURE(page_size);
    const Walk flat = WalkPages(program, {"list-objects", bucket.Uri()}, page_size);
    CHECK(flat.keys == Keys());
    CHECK(flat.pages == (static_cast<int>(Keys().size()) + page_size - 1) / page_size);
    const Walk grouped = WalkPages(program, {"list-objects", bucket.Uri(), "--delimiter=/"}, page_size);
    CHECK(grouped.keys == Strings{"a", "a b", "a+b", "b", "d%", "e", "\xc3\xa9"});
    CHECK(grouped.prefixes == Strings{"a/", "b/", "c/"});
  }
}

TEST_CASE("A listing of more than a page is one document") {
  const ContractProgram program;
  const TestBucket bucket(TestBucket::AtTheEnd::kLeft);
  Strings keys;
  for (int i = 0; i < 1005; ++i) keys.push_back(fmt::format("many/{:04}", i));
  bucket.Fill(keys);

  const ProgramResult whole = program.Run({"list-objects", bucket.Uri(), "-vv"});
  RequireExit(whole, 0);
  CHECK(SplitLines(whole.err).size() == 2);  // a line for each request
  const Json listing = DocumentOf(whole);
  CHECK(KeysOf(listing) == keys);
  CHECK(listing["KeyCount"] == 1005);
  CHECK(listing["IsTruncated"] == false);

  // Up to a number beyond a page, and the rest.
  const Json most = program.Succeed({"list-objects", bucket.Uri(), "--max-keys=1003"});
  CHECK(KeysOf(most) == Strings(keys.begin(), keys.begin() + 1003));
  CHECK(most["IsTruncated"] == true);
  const std::string token = most["NextContinuationToken"].get<std::string>();
  const Json rest = program.Succeed({"list-objects", bucket.Uri(), "--continuation-token=" + token});
  CHECK(KeysOf(rest) == Strings(keys.begin() + 1003, keys.end()));

  const std::vector<Json> lines = LinesOf(program.Run({"list-objects", bucket.Uri(), "--output=ndjson"}));
  REQUIRE(lines.size() == 1006);
  CHECK(lines[1004]["Key"] == "many/1004");
  CHECK(lines[1005] == Json({{"Summary", {{"KeyCount", 1005}, {"IsTruncated", false}}}}));

  const Strings text = SplitLines(program.Run({"list-objects", bucket.Uri(), "--output=text"}).out);
  REQUIRE(text.size() == 1005);
  CHECK(text[1004].ends_with("  0 B  many/1004"));
}

TEST_CASE("A listing as text escapes what would play with the terminal") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill({"a\nb", "c\x1b[31m"});
  const ProgramResult run = program.Run({"list-objects", bucket.Uri(), "--output=text"});
  RequireExit(run, 0);
  const Strings lines = SplitLines(run.out);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].ends_with("  a\\x0ab"));
  CHECK_FALSE(Contains(run.out, "\x1b"));
}

}  // namespace s3conn
