#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "output/renderer.h"
#include "support/catch.h"
#include "unit/output/captured_output.h"

namespace s3conn {
namespace {

ListShape TwoArrays() {
  return {{{"Contents", {}}, {"CommonPrefixes", {}}}};
}

Record Key(const std::string& key) {
  return Record().Add("Key", key);
}

TEST_CASE("one record is one JSON document on a line of its own") {
  CapturedOutput output;
  const auto renderer = MakeJsonRenderer(output.stream, "/nonexistent");
  REQUIRE(renderer->One(
      Record().Add("Bucket", "b").Add("Nested", Record().Add("A", "1")).Headline("not for JSON")));
  CHECK(output.text() == "{\"Bucket\":\"b\",\"Nested\":{\"A\":\"1\"}}\n");
}

TEST_CASE("a list is one JSON document with its arrays in order and its scalars at the end") {
  CapturedOutput output;
  const auto renderer = MakeJsonRenderer(output.stream, "/nonexistent");
  REQUIRE(renderer->BeginList(TwoArrays()));
  REQUIRE(renderer->Item(0, Key("a")));
  REQUIRE(renderer->Item(1, Record().Add("Prefix", "p/")));
  REQUIRE(renderer->Item(0, Key("b")));
  REQUIRE(renderer->Item(1, Record().Add("Prefix", "q/")));
  REQUIRE(renderer->EndList(Record().Add("KeyCount", std::uint64_t{4}).Add("IsTruncated", false)));
  const auto json = nlohmann::ordered_json::parse(output.text());
  CHECK(json.dump() ==
        R"({"Contents":[{"Key":"a"},{"Key":"b"}],"CommonPrefixes":[{"Prefix":"p/"},{"Prefix":"q/"}],)"
        R"("KeyCount":4,"IsTruncated":false})");
  CHECK(output.text().back() == '\n');
}

TEST_CASE("an empty list and one without scalars are JSON documents too") {
  CapturedOutput output;
  const auto renderer = MakeJsonRenderer(output.stream, "/nonexistent");
  REQUIRE(renderer->BeginList(TwoArrays()));
  REQUIRE(renderer->EndList(Record()));
  CHECK(nlohmann::ordered_json::parse(output.text()).dump() == R"({"Contents":[],"CommonPrefixes":[]})");
}

TEST_CASE("a list that was not ended cannot be taken for a whole document") {
  for (const int items : {0, 1, 2}) {
    CAPTURE(items);
    CapturedOutput output;
    const auto renderer = MakeJsonRenderer(output.stream, "/nonexistent");
    REQUIRE(renderer->BeginList(TwoArrays()));
    for (int i = 0; i < items; ++i) REQUIRE(renderer->Item(0, Key("k")));
    REQUIRE(renderer->Flush());
    CHECK_FALSE(output.text().empty());
    CHECK_FALSE(nlohmann::json::accept(output.text()));
  }
}

TEST_CASE("items are seen as soon as they are flushed") {
  CapturedOutput output;
  const auto renderer = MakeJsonRenderer(output.stream, "/nonexistent");
  REQUIRE(renderer->BeginList(TwoArrays()));
  REQUIRE(renderer->Item(0, Key("a")));
  CHECK(output.text().empty());
  REQUIRE(renderer->Flush());
  CHECK(output.text().find("\"a\"") != std::string::npos);
}

TEST_CASE("a long second array is kept in a file without a name until the first is closed") {
  const TemporaryFolder folder;
  CapturedOutput output;
  const auto renderer = MakeJsonRenderer(output.stream, folder.path());
  REQUIRE(renderer->BeginList(TwoArrays()));
  const std::string filler(1000, 'x');
  constexpr int kItems = 2000;
  for (int i = 0; i < kItems; ++i) {
    REQUIRE(renderer->Item(1, Record().Add("Prefix", std::to_string(i) + filler)));
    if (i % 1000 == 0) REQUIRE(renderer->Item(0, Key(std::to_string(i))));
  }
  CHECK(folder.Names().empty());
  REQUIRE(renderer->EndList(Record().Add("IsTruncated", false)));
  const auto json = nlohmann::json::parse(output.text());
  CHECK(json["Contents"].size() == 2);
  REQUIRE(json["CommonPrefixes"].size() == kItems);
  bool in_order = true;
  for (int i = 0; i < kItems; ++i) {
    in_order = in_order &&
               json["CommonPrefixes"][static_cast<std::size_t>(i)]["Prefix"] == std::to_string(i) + filler;
  }
  CHECK(in_order);
  CHECK(json["IsTruncated"] == false);
}

TEST_CASE("a second array stays in memory up to 1 MiB and a folder that cannot hold more is an error") {
  CapturedOutput output;
  const auto renderer = MakeJsonRenderer(output.stream, "/nonexistent");
  REQUIRE(renderer->BeginList(TwoArrays()));
  REQUIRE(renderer->Item(1, Record().Add("Prefix", std::string((1_MiB).bytes() - 100, 'x'))));
  const Status over = renderer->Item(1, Record().Add("Prefix", std::string(100, 'x')));
  REQUIRE_FALSE(over);
  CHECK(over.error().message.find("/nonexistent") != std::string::npos);
}

TEST_CASE("keys of any bytes leave the document whole") {
  CapturedOutput output;
  const auto renderer = MakeJsonRenderer(output.stream, "/nonexistent");
  REQUIRE(renderer->BeginList(TwoArrays()));
  for (int byte = 0; byte < 256; ++byte)
    REQUIRE(renderer->Item(0, Key(std::string(1, static_cast<char>(byte)))));
  REQUIRE(renderer->EndList(Record()));
  const auto json = nlohmann::json::parse(output.text());
  REQUIRE(json["Contents"].size() == 256);
  CHECK(json["Contents"][10]["Key"] == "\n");
  CHECK(json["Contents"][255]["KeyBase64"] == "/w==");
}

}  // namespace
}  // namespace s3conn
