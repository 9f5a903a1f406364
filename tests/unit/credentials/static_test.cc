#include "credentials/static.h"

#include <fmt/format.h>

#include <string>

#include "support/catch.h"
#include "unit/config/test_home.h"

namespace s3conn {
namespace {

Result<std::optional<Credentials>> FetchFrom(const TestHome& home) {
  const auto settings = home.Resolve({.profile = "w"});
  REQUIRE(settings);
  StaticCredentials provider(settings->profiles, settings->profile.value, settings->use_static_credentials);
  CHECK(provider.name() == "profile w");
  return provider.Fetch({});
}

TEST_CASE("StaticCredentials: a profile without any credentials is no answer") {
  TestHome home;
  home.WriteAwsConfig("[profile w]\nregion = eu-west-1\n");
  const auto answer = FetchFrom(home);
  REQUIRE(answer);
  CHECK_FALSE(*answer);
}

TEST_CASE("StaticCredentials: the key pair of the profile") {
  TestHome home;
  home.WriteAwsCredentials("[w]\naws_access_key_id=A\naws_secret_access_key=B\naws_session_token=C\n");
  const auto answer = FetchFrom(home);
  REQUIRE(answer);
  REQUIRE(*answer);
  CHECK((*answer)->access_key_id == "A");
  CHECK((*answer)->secret_access_key.Expose() == "B");
  CHECK((*answer)->session_token.Expose() == "C");
  CHECK_FALSE((*answer)->expiration);
}

TEST_CASE("StaticCredentials: half a pair is an error") {
  TestHome home;
  const std::string path = home.WriteAwsCredentials("[w]\naws_secret_access_key=CANARY\n");
  const auto answer = FetchFrom(home);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::kCredentials);
  CHECK(Contains(answer.error().message, path + ":2"));
  CHECK_FALSE(Contains(AllText(answer.error()), "CANARY"));
}

TEST_CASE("StaticCredentials: a profile with credentials of another kind is an error that names it") {
  for (const std::string kind :
       {"role_arn", "trust_anchor_arn", "web_identity_token_file", "sso_session", "sso_account_id",
        "credential_process", "login_session", "credential_source"}) {
    CAPTURE(kind);
    TestHome home;
    const std::string path =
        home.WriteAwsConfig(fmt::format("[profile w]\nregion=eu-west-1\n{} = CANARY\n", kind));
    const auto answer = FetchFrom(home);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == ErrorKind::kCredentials);
    CHECK(answer.error().message ==
          fmt::format("credentials by {} are set in profile w ({}:3), and this version reads only key pairs",
                      kind, path));
    CHECK_FALSE(Contains(AllText(answer.error()), "CANARY"));
  }
}

TEST_CASE("StaticCredentials: a key pair counts before credentials of another kind") {
  TestHome home;
  home.WriteAwsConfig("[profile w]\nrole_arn = R\naws_access_key_id=A\naws_secret_access_key=B\n");
  const auto answer = FetchFrom(home);
  REQUIRE(answer);
  CHECK((*answer)->access_key_id == "A");
}

TEST_CASE("StaticCredentials: a key pair is not used where use_static_credentials is false") {
  TestHome home;
  const std::string path = home.WriteConnector(
      "[profile w]\naws_access_key_id=A\naws_secret_access_key=CANARY\nuse_static_credentials=false\n");
  const auto answer = FetchFrom(home);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::kCredentials);
  CHECK(answer.error().message == "use_static_credentials is false in profile w (" + path +
                                      ":4), and this version reads only key pairs");
  CHECK_FALSE(Contains(AllText(answer.error()), "CANARY"));
}

TEST_CASE("StaticCredentials: a key pair is used where use_static_credentials is true") {
  TestHome home;
  home.WriteConnector(
      "[profile w]\naws_access_key_id=A\naws_secret_access_key=B\nuse_static_credentials=true\n");
  const auto answer = FetchFrom(home);
  REQUIRE(answer);
  CHECK(*answer);
}

}  // namespace
}  // namespace s3conn
