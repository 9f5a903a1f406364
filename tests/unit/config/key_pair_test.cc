#include "config/key_pair.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "support/catch.h"
#include "unit/config/test_home.h"

namespace s3conn {
namespace {

constexpr std::string_view kCanary = "CANARYSECRET";

Result<std::optional<KeyPair>> FromProfile(const TestHome& home, std::string_view profile = "w") {
  const auto profiles = Profiles::Load(home.environment(), std::nullopt);
  REQUIRE(profiles);
  return KeyPairFromProfile(*profiles, profile);
}

// "id/secret/token", or the error's message.
std::string Shown(const Result<std::optional<KeyPair>>& pair) {
  if (!pair) return pair.error().message;
  if (!*pair) return "(none)";
  return (*pair)->access_key_id + '/' + (*pair)->secret_access_key.Expose() + '/' +
         (*pair)->session_token.Expose();
}

TEST_CASE("KeyPairFromEnvironment: ours comes before AWS's") {
  TestHome home;
  CHECK(Shown(KeyPairFromEnvironment(home.environment())) == "(none)");
  home.variables["AWS_ACCESS_KEY_ID"] = "A";
  home.variables["AWS_SECRET_ACCESS_KEY"] = "B";
  CHECK(Shown(KeyPairFromEnvironment(home.environment())) == "A/B/");
  CHECK((*KeyPairFromEnvironment(home.environment()))->origin == "AWS_ACCESS_KEY_ID");
  home.variables["AWS_SESSION_TOKEN"] = "C";
  CHECK(Shown(KeyPairFromEnvironment(home.environment())) == "A/B/C");
  home.variables["S3CONN_ACCESS_KEY_ID"] = "D";
  home.variables["S3CONN_SECRET_ACCESS_KEY"] = "E";
  CHECK(Shown(KeyPairFromEnvironment(home.environment())) == "D/E/");
  home.variables["S3CONN_SESSION_TOKEN"] = "F";
  CHECK(Shown(KeyPairFromEnvironment(home.environment())) == "D/E/F");
}

TEST_CASE("KeyPairFromEnvironment: empty variables count as unset") {
  TestHome home;
  home.variables["S3CONN_ACCESS_KEY_ID"] = "";
  home.variables["S3CONN_SECRET_ACCESS_KEY"] = "";
  home.variables["AWS_ACCESS_KEY_ID"] = "A";
  home.variables["AWS_SECRET_ACCESS_KEY"] = "B";
  home.variables["AWS_SESSION_TOKEN"] = "";
  CHECK(Shown(KeyPairFromEnvironment(home.environment())) == "A/B/");
}

TEST_CASE("KeyPairFromEnvironment: a token alone is no key pair") {
  TestHome home;
  home.variables["AWS_SESSION_TOKEN"] = "C";
  CHECK(Shown(KeyPairFromEnvironment(home.environment())) == "(none)");
}

TEST_CASE("KeyPairFromEnvironment: half a pair is an error and not completed from elsewhere") {
  struct Case {
    std::string set, missing;
  };
  for (const auto& c : std::vector<Case>{{"S3CONN_ACCESS_KEY_ID", "S3CONN_SECRET_ACCESS_KEY"},
                                         {"S3CONN_SECRET_ACCESS_KEY", "S3CONN_ACCESS_KEY_ID"},
                                         {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"},
                                         {"AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"}}) {
    CAPTURE(c.set);
    TestHome home;
    if (c.set.starts_with("S3CONN_")) {
      home.variables["AWS_ACCESS_KEY_ID"] = "A";
      home.variables["AWS_SECRET_ACCESS_KEY"] = "B";
    }
    home.variables[c.set] = kCanary;
    const auto pair = KeyPairFromEnvironment(home.environment());
    REQUIRE_FALSE(pair);
    CHECK(pair.error().kind == ErrorKind::kCredentials);
    CHECK(pair.error().message == "half a key pair: " + c.set + " is set without " + c.missing);
    CHECK_FALSE(Contains(AllText(pair.error()), kCanary));
  }
}

TEST_CASE("KeyPairFromProfile: one file gives it all and none is mixed") {
  TestHome home;
  const std::string config = home.WriteAwsConfig(
      "[profile w]\naws_access_key_id=C1\naws_secret_access_key=C2\naws_session_token=C3\n");
  CHECK(Shown(FromProfile(home)) == "C1/C2/C3");
  CHECK((*FromProfile(home))->origin == "profile w (" + config + ":2)");
  CHECK(Shown(FromProfile(home, "other")) == "(none)");
  home.WriteAwsCredentials("[w]\naws_access_key_id=B1\naws_secret_access_key=B2\n");
  CHECK(Shown(FromProfile(home)) == "B1/B2/");
  home.WriteConnector("[profile w]\naws_access_key_id=A1\naws_secret_access_key=A2\naws_session_token=A3\n");
  CHECK(Shown(FromProfile(home)) == "A1/A2/A3");
}

TEST_CASE("KeyPairFromProfile: half a pair is an error in each file") {
  for (const std::string file : {".config/s3conn/config", ".aws/credentials", ".aws/config"}) {
    for (const bool id_is_set : {true, false}) {
      CAPTURE(file, id_is_set);
      TestHome home;
      // A whole pair in the file that is asked last does not help.
      home.WriteAwsConfig("[profile w]\naws_access_key_id=C1\naws_secret_access_key=C2\n");
      const std::string set = id_is_set ? "aws_access_key_id" : "aws_secret_access_key";
      const std::string missing = id_is_set ? "aws_secret_access_key" : "aws_access_key_id";
      const std::string section = file == ".aws/credentials" ? "[w]\n" : "[profile w]\n";
      const std::string path = home.Write(file, fmt::format("{}{}=CANARYSECRET\n", section, set));
      const auto pair = FromProfile(home);
      REQUIRE_FALSE(pair);
      CHECK(pair.error().kind == ErrorKind::kCredentials);
      CHECK(pair.error().message ==
            fmt::format("half a key pair: {} of profile w ({}:2) is set without {}", set, path, missing));
      CHECK_FALSE(Contains(AllText(pair.error()), kCanary));
    }
  }
}

TEST_CASE("KeyPairFromProfile: halves in two files make no pair") {
  TestHome home;
  home.WriteAwsCredentials("[w]\naws_access_key_id=B1\n");
  home.WriteAwsConfig("[profile w]\naws_secret_access_key=C2\n");
  CHECK_FALSE(FromProfile(home));
}

TEST_CASE("KeyPair: a control character in any part is refused without repeating it") {
  for (const std::string name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}) {
    CAPTURE(name);
    TestHome home;
    home.variables["AWS_ACCESS_KEY_ID"] = "A";
    home.variables["AWS_SECRET_ACCESS_KEY"] = "B";
    home.variables["AWS_SESSION_TOKEN"] = "C";
    home.variables[name] = "CANARYSECRET\n";
    const auto pair = KeyPairFromEnvironment(home.environment());
    REQUIRE_FALSE(pair);
    CHECK(pair.error().kind == ErrorKind::kCredentials);
    CHECK(Contains(pair.error().message, name + " holds a line break"));
    CHECK_FALSE(Contains(AllText(pair.error()), kCanary));
  }
  TestHome home;
  const std::string path =
      home.WriteAwsCredentials("[w]\naws_access_key_id=A\naws_secret_access_key=CANARYSECRET\n  more\n");
  const auto continued = FromProfile(home);
  REQUIRE_FALSE(continued);
  CHECK(Contains(continued.error().message, "aws_secret_access_key of profile w (" + path + ":3)"));
  CHECK_FALSE(Contains(AllText(continued.error()), kCanary));
}

}  // namespace
}  // namespace s3conn
