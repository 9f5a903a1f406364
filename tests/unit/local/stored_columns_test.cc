#include "local/stored_columns.h"

#include "support/catch.h"

namespace s3conn::local {

TEST_CASE("HeadersColumn: headers come back in their order with any value that a header can have") {
  Headers headers;
  headers.Add("Content-Type", "text/plain; charset=utf-8");
  headers.Add("x-amz-meta-a", "");
  headers.Add("x-amz-meta-b", "a: b:c \xc3\xa9 \xff");
  const std::string column = HeadersColumn(headers);
  const Headers read = ReadHeaders(column);
  REQUIRE(read.size() == 3);
  CHECK(HeadersColumn(read) == column);
  CHECK(read.Get("x-amz-meta-a").empty());
  CHECK(read.Get("x-amz-meta-b") == "a: b:c \xc3\xa9 \xff");
  CHECK(ReadHeaders("").size() == 0);
}

TEST_CASE("TagsColumn: tags come back with the characters that stand between them") {
  const Tags tags = {{"a=b", "c&d"}, {"", ""}, {"\xc3\xa9 +", "%41"}};
  CHECK(TagsColumn(tags) == "a%3Db=c%26d&=&%C3%A9%20%2B=%2541");
  CHECK(ReadTags(TagsColumn(tags)) == tags);
  CHECK(ReadTags("").empty());
}

}  // namespace s3conn::local
