#include "config/setting_values.h"

#include <string>

#include "support/catch.h"

namespace s3conn {
namespace {

using std::chrono::milliseconds;

TEST_CASE("ParseAddressing: three words in any letter case") {
  CHECK(ParseAddressing("auto") == Addressing::kAuto);
  CHECK(ParseAddressing("path") == Addressing::kPath);
  CHECK(ParseAddressing("Virtual") == Addressing::kVirtual);
  CHECK_FALSE(ParseAddressing("dns"));
  CHECK_FALSE(ParseAddressing(""));
}

TEST_CASE("ParseRequestChecksum: two words in any letter case") {
  CHECK(ParseRequestChecksum("when_supported") == RequestChecksum::kWhenSupported);
  CHECK(ParseRequestChecksum("WHEN_REQUIRED") == RequestChecksum::kWhenRequired);
  CHECK_FALSE(ParseRequestChecksum("never"));
}

TEST_CASE("ParseOutputFormat: four words") {
  CHECK(ParseOutputFormat("auto") == OutputFormat::kAuto);
  CHECK(ParseOutputFormat("json") == OutputFormat::kJson);
  CHECK(ParseOutputFormat("ndjson") == OutputFormat::kNdjson);
  CHECK(ParseOutputFormat("text") == OutputFormat::kText);
  CHECK_FALSE(ParseOutputFormat("table"));
}

TEST_CASE("ParseBoolean: true and false and nothing else") {
  CHECK(ParseBoolean("true") == true);
  CHECK(ParseBoolean("False") == false);
  for (const char* const text : {"", "1", "0", "yes", "true "}) {
    CAPTURE(text);
    CHECK_FALSE(ParseBoolean(text));
  }
}

TEST_CASE("ParseRegion: any host label with underscores taken for hyphens") {
  CHECK(ParseRegion("eu-central-1") == "eu-central-1");
  CHECK(ParseRegion("eu_central_1") == "eu-central-1");
  CHECK(ParseRegion("garage") == "garage");
  for (const std::string text :
       {"", "EU-CENTRAL-1", "eu.central", "eu central", "-eu", "eu_", "a/b", "a@b", "a\n"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseRegion(text));
  }
  CHECK(ParseRegion(std::string(63, 'a')));
  CHECK_FALSE(ParseRegion(std::string(64, 'a')));
}

TEST_CASE("ParseMaxAttempts: from 1 to 100") {
  CHECK(ParseMaxAttempts("1") == 1);
  CHECK(ParseMaxAttempts("100") == 100);
  for (const char* const text : {"", "0", "101", "-1", "+1", "3x", "1.5", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseMaxAttempts(text));
  }
}

TEST_CASE("ParseTimeout: seconds or a number with its unit") {
  CHECK(ParseTimeout("30") == milliseconds(30000));
  CHECK(ParseTimeout("30s") == milliseconds(30000));
  CHECK(ParseTimeout("500ms") == milliseconds(500));
  CHECK(ParseTimeout("1m") == milliseconds(60000));
  CHECK(ParseTimeout("24h") == milliseconds(86400000));
  for (const char* const text : {"", "0", "0ms", "s", "ms", "-1", "1.5", "2d", "1 s", "s1", "25h", "86401",
                                 "99999999999999999999ms", "1S"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseTimeout(text));
  }
}

}  // namespace
}  // namespace s3conn
