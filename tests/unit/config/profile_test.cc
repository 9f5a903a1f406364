#include "config/profile.h"

#include <string>
#include <vector>

#include "support/catch.h"
#include "unit/config/test_home.h"

namespace s3conn {
namespace {

Result<Profiles> Load(const TestHome& home, const std::optional<std::string>& config_file = std::nullopt) {
  return Profiles::Load(home.environment(), config_file);
}

std::string ValueOf(const Profiles& profiles, std::string_view profile, PropertyName property) {
  const auto found = profiles.Find(profile, property);
  return found ? found->value : "(unset)";
}

TEST_CASE("Profiles: no files at all is no error") {
  TestHome home;
  const auto profiles = Load(home);
  REQUIRE(profiles);
  CHECK(profiles->Names().empty());
  CHECK(profiles->Paths().empty());
  CHECK_FALSE(profiles->Has("default"));
}

TEST_CASE("Profiles: without HOME the default files are nowhere") {
  TestHome home;
  home.WriteAwsConfig("[default]\nregion=a\n");
  home.variables.erase("HOME");
  const auto profiles = Load(home);
  REQUIRE(profiles);
  CHECK(profiles->Names().empty());
}

TEST_CASE("Profiles: our own file comes first and then AWS credentials and then AWS config") {
  TestHome home;
  home.WriteConnector("[profile w]\na=own\n");
  home.WriteAwsCredentials("[w]\na=credentials\nb=credentials\n");
  home.WriteAwsConfig("[profile w]\na=config\nb=config\nc=config\n");
  const auto profiles = Load(home);
  REQUIRE(profiles);
  CHECK(ValueOf(*profiles, "w", {"a"}) == "own");
  CHECK(ValueOf(*profiles, "w", {"b"}) == "credentials");
  CHECK(ValueOf(*profiles, "w", {"c"}) == "config");
  CHECK(ValueOf(*profiles, "w", {"d"}) == "(unset)");
  CHECK(ValueOf(*profiles, "x", {"a"}) == "(unset)");
  CHECK(profiles->FindIn(ProfileFile::kAwsConfig, "w", {"a"})->value == "config");
  CHECK(profiles->Paths().size() == 3);
}

TEST_CASE("Profiles: an empty value counts as unset") {
  TestHome home;
  home.WriteConnector("[profile w]\na=\ns3=\n b=\n");
  home.WriteAwsConfig("[profile w]\na=config\ns3=\n b=config\n");
  const auto profiles = Load(home);
  REQUIRE(profiles);
  CHECK(ValueOf(*profiles, "w", {"a"}) == "config");
  CHECK(ValueOf(*profiles, "w", {"b", "s3"}) == "config");
}

TEST_CASE("Profiles: a value tells its profile and file and line") {
  TestHome home;
  const std::string path =
      home.WriteAwsConfig("[profile w]\n\na=1\ns3 =\n  b = 2\n[services v]\ns3 =\n c = 3\n");
  const auto profiles = Load(home);
  REQUIRE(profiles);
  CHECK(profiles->Find("w", {"a"})->origin == "profile w (" + path + ":3)");
  CHECK(profiles->Find("w", {"b", "s3"})->origin == "profile w (" + path + ":5)");
  CHECK(profiles->FindInServices("v", {"c", "s3"})->origin == "services v (" + path + ":8)");
  CHECK_FALSE(profiles->Find("w", {"b"}));
  CHECK_FALSE(profiles->Find("w", {"b", "a"}));
}

TEST_CASE("Profiles: names are of all files and sorted and each once") {
  TestHome home;
  home.WriteConnector("[profile b]\n[services nope]\n");
  home.WriteAwsCredentials("[a]\n[b]\n");
  home.WriteAwsConfig("[default]\n[profile c]\n[sso-session nope]\n");
  const auto profiles = Load(home);
  REQUIRE(profiles);
  CHECK(profiles->Names() == std::vector<std::string_view>{"a", "b", "c", "default"});
  CHECK(profiles->Has("a"));
  CHECK_FALSE(profiles->Has("nope"));
  CHECK(profiles->HasServices("nope"));
  CHECK_FALSE(profiles->HasServices("a"));
}

TEST_CASE("Profiles: where our own file is looked for") {
  TestHome home;
  home.Write(".config/s3conn/config", "[profile p]\na=home\n");
  home.Write("xdg/s3conn/config", "[profile p]\na=xdg\n");
  home.Write("named", "[profile p]\na=variable\n");
  home.Write("option", "[profile p]\na=option\n");
  const auto value = [&](const std::optional<std::string>& option = std::nullopt) {
    const auto profiles = Load(home, option);
    return profiles ? ValueOf(*profiles, "p", {"a"}) : profiles.error().message;
  };
  CHECK(value() == "home");
  home.variables["XDG_CONFIG_HOME"] = "relative";
  CHECK(value() == "home");
  home.variables["XDG_CONFIG_HOME"] = home.path() + "/xdg";
  CHECK(value() == "xdg");
  home.variables["S3CONN_CONFIG"] = "";
  CHECK(value() == "xdg");
  home.variables["S3CONN_CONFIG"] = "~/named";
  CHECK(value() == "variable");
  CHECK(value(home.path() + "/option") == "option");
}

TEST_CASE("Profiles: AWS files are looked for where their variables say") {
  TestHome home;
  home.WriteAwsConfig("[profile p]\na=home\n");
  home.WriteAwsCredentials("[p]\nb=home\n");
  home.Write("config", "[profile p]\na=named\n");
  home.Write("credentials", "[p]\nb=named\n");
  home.variables["AWS_CONFIG_FILE"] = "~/config";
  home.variables["AWS_SHARED_CREDENTIALS_FILE"] = home.path() + "/credentials";
  const auto profiles = Load(home);
  REQUIRE(profiles);
  CHECK(ValueOf(*profiles, "p", {"a"}) == "named");
  CHECK(ValueOf(*profiles, "p", {"b"}) == "named");
}

TEST_CASE("Profiles: a missing file is an error only where it was named for us") {
  TestHome home;
  home.variables["AWS_CONFIG_FILE"] = home.path() + "/none";
  home.variables["AWS_SHARED_CREDENTIALS_FILE"] = home.path() + "/none";
  CHECK(Load(home));

  const auto by_option = Load(home, home.path() + "/none");
  REQUIRE_FALSE(by_option);
  CHECK(by_option.error().kind == ErrorKind::kConfig);
  CHECK(Contains(by_option.error().message, "--config"));
  CHECK(Contains(by_option.error().message, home.path() + "/none"));

  home.variables["S3CONN_CONFIG"] = home.path() + "/none";
  const auto by_variable = Load(home);
  REQUIRE_FALSE(by_variable);
  CHECK(by_variable.error().kind == ErrorKind::kConfig);
  CHECK(Contains(by_variable.error().message, "S3CONN_CONFIG"));
}

TEST_CASE("Profiles: a path through a file is a missing file") {
  TestHome home;
  home.variables["AWS_CONFIG_FILE"] = home.Write("file", "") + "/config";
  CHECK(Load(home));
}

TEST_CASE("Profiles: a folder in place of a file is an error") {
  TestHome home;
  home.Write(".aws/config/inside", "");
  const auto profiles = Load(home);
  REQUIRE_FALSE(profiles);
  CHECK(profiles.error().kind == ErrorKind::kConfig);
  CHECK(Contains(profiles.error().message, ".aws/config"));
}

TEST_CASE("Profiles: a file longer than 16 MiB is an error") {
  TestHome home;
  home.WriteAwsConfig(std::string((16U << 20U) + 1, '#'));
  const auto profiles = Load(home);
  REQUIRE_FALSE(profiles);
  CHECK(profiles.error().kind == ErrorKind::kConfig);
  home.WriteAwsConfig(std::string(16U << 20U, '#'));
  CHECK(Load(home));
}

TEST_CASE("Profiles: an ill-formed line is an error with file and line") {
  TestHome home;
  const std::string path = home.WriteAwsCredentials("[default]\nregion\n");
  const auto profiles = Load(home);
  REQUIRE_FALSE(profiles);
  CHECK(profiles.error().kind == ErrorKind::kConfig);
  CHECK(Contains(profiles.error().message, path + ":2: "));
}

TEST_CASE("Profiles: a bare section is read in AWS credentials and refused in our own file") {
  TestHome home;
  home.WriteAwsCredentials("[w]\n");
  CHECK(Load(home)->Has("w"));
  const std::string path = home.WriteConnector("[w]\n");
  const auto profiles = Load(home);
  REQUIRE_FALSE(profiles);
  CHECK(Contains(profiles.error().message, path + ":1: "));
  CHECK(profiles.error().hint == "write [profile w]");
}

TEST_CASE("Profiles: a file with a secret that others can read is warned of") {
  TestHome home;
  const std::string secret = "[default]\naws_secret_access_key=CANARY\n";
  SECTION("readable by nobody else") {
    home.Write(".aws/credentials", secret, 0600);
    CHECK(Load(home)->warnings().empty());
  }
  SECTION("readable by all but without a secret") {
    home.Write(".aws/credentials", "[default]\naws_access_key_id=A\naws_secret_access_key=\n", 0644);
    CHECK(Load(home)->warnings().empty());
  }
  SECTION("readable by the group") {
    const std::string path = home.Write(".aws/credentials", secret, 0640);
    const auto profiles = Load(home);
    REQUIRE(profiles->warnings().size() == 1);
    CHECK(Contains(profiles->warnings().front(), path));
    CHECK(Contains(profiles->warnings().front(), "0640"));
    CHECK_FALSE(Contains(profiles->warnings().front(), "CANARY"));
  }
  SECTION("readable by others in each of the files") {
    home.Write(".aws/credentials", secret, 0604);
    home.Write(".aws/config", "[default]\naws_session_token=CANARY\n", 0604);
    home.Write(".config/s3conn/config", secret, 0604);
    CHECK(Load(home)->warnings().size() == 3);
  }
}

TEST_CASE("ExpandHome: a tilde in front is the home folder") {
  TestHome home;
  CHECK(ExpandHome("~", home.environment()) == home.path());
  CHECK(ExpandHome("~/a/b", home.environment()) == home.path() + "/a/b");
  CHECK(ExpandHome("~other/a", home.environment()) == "~other/a");
  CHECK(ExpandHome("/a/~", home.environment()) == "/a/~");
  home.variables.erase("HOME");
  CHECK(ExpandHome("~/a", home.environment()) == "~/a");
}

}  // namespace
}  // namespace s3conn
