#include "output/json_text.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

std::string Json(const Record& record) {
  std::string text;
  AppendJson(text, record);
  return text;
}

TEST_CASE("each kind of value has its form in JSON") {
  const Timestamp time = *ParseRfc3339("2026-01-15T09:30:00.250Z");
  CHECK(Json(Record()
                 .Add("Yes", true)
                 .Add("No", false)
                 .Add("Count", ~std::uint64_t{0})
                 .Add("Seconds", 1.5)
                 .Add("Size", 5_GiB)
                 .Add("Time", time)
                 .Add("Text", "a")
                 .Add("Nested", Record().Add("In", "b"))
                 .Add("Empty", Record())) ==
        R"({"Yes":true,"No":false,"Count":18446744073709551615,"Seconds":1.500,"Size":5368709120,)"
        R"("Time":"2026-01-15T09:30:00.250Z","Text":"a","Nested":{"In":"b"},"Empty":{}})");
  CHECK(Json(Record()) == "{}");
}

TEST_CASE("what there is nothing to say about is left out") {
  Record record;
  record.AddUnlessEmpty("Empty", "").AddUnlessEmpty("Full", "x");
  record.AddIf("Absent", ParseRfc3339("never")).AddIf("Size", std::optional<ByteCount>(1_B));
  CHECK(Json(record) == R"({"Full":"x","Size":1})");
  CHECK(record.Find("Full") != nullptr);
  CHECK(record.Find("Empty") == nullptr);
}

TEST_CASE("every character of a text comes back from JSON as it was") {
  std::string all;
  for (char c = 0x01; c < 0x7f; ++c) all += c;
  all += '\0';
  all += "\x7f\xc2\x80\xc2\x9b\xe2\x80\xae\xf0\x9f\x98\x80";
  for (const std::string& text :
       {all, std::string("plain"), std::string("\""), std::string("\\"), std::string("/")}) {
    std::string json;
    AppendJsonString(json, text);
    CHECK(nlohmann::json::parse(json).get<std::string>() == text);
    for (const char c : json) CHECK(static_cast<unsigned char>(c) >= 0x20);
  }
}

TEST_CASE("a key that is not UTF-8 is shown escaped and given exactly beside it") {
  const std::string key = "a\xff\n\"";
  const auto json = nlohmann::json::parse(Json(Record().Add("Key", key).Add("Size", 1_B)));
  CHECK(json["Key"] == "a\\xff\\x0a\"");
  CHECK(json["KeyBase64"] == "Yf8KIg==");
  CHECK(json["Size"] == 1);
  CHECK(json.size() == 3);
}

TEST_CASE("a key that is UTF-8 has no second form") {
  const auto json = nlohmann::json::parse(Json(Record().Add("Key", "\xc3\xa4\n")));
  CHECK(json.size() == 1);
  CHECK(json["Key"] == "\xc3\xa4\n");
}

TEST_CASE("names and nested texts are escaped too") {
  const auto json = nlohmann::json::parse(
      Json(Record().Add("Metadata", Record().Add("na\"me", "x\xff").Add("line\nbreak", "y"))));
  CHECK(json["Metadata"]["na\"me"] == "x\\xff");
  CHECK(json["Metadata"]["na\"meBase64"] == "eP8=");
  CHECK(json["Metadata"]["line\nbreak"] == "y");
  CHECK(nlohmann::json::parse(Json(Record().Add("na\xff\n", "y"))).dump() == R"({"na\\xff\\x0a":"y"})");
}

}  // namespace
}  // namespace s3conn
