#include "credentials/environment.h"

#include "support/catch.h"
#include "unit/config/test_home.h"

namespace s3conn {
namespace {

TEST_CASE("EnvironmentCredentials: no variables are no answer") {
  TestHome home;
  EnvironmentCredentials provider(home.environment());
  CHECK(provider.name() == "environment");
  const auto answer = provider.Fetch({});
  REQUIRE(answer);
  CHECK_FALSE(*answer);
}

TEST_CASE("EnvironmentCredentials: the variables as credentials that do not expire") {
  TestHome home;
  home.variables["AWS_ACCESS_KEY_ID"] = "A";
  home.variables["AWS_SECRET_ACCESS_KEY"] = "B";
  home.variables["AWS_SESSION_TOKEN"] = "C";
  EnvironmentCredentials provider(home.environment());
  const auto answer = provider.Fetch({});
  REQUIRE(answer);
  REQUIRE(*answer);
  CHECK((*answer)->access_key_id == "A");
  CHECK((*answer)->secret_access_key.Expose() == "B");
  CHECK((*answer)->session_token.Expose() == "C");
  CHECK_FALSE((*answer)->expiration);
}

TEST_CASE("EnvironmentCredentials: the end of a session is read where it is told") {
  TestHome home;
  home.variables["S3CONN_ACCESS_KEY_ID"] = "A";
  home.variables["S3CONN_SECRET_ACCESS_KEY"] = "B";
  home.variables["S3CONN_CREDENTIAL_EXPIRATION"] = "2026-07-01T10:20:30+02:00";
  EnvironmentCredentials provider(home.environment());
  CHECK((**provider.Fetch({})).expiration == ParseRfc3339("2026-07-01T08:20:30Z"));
  home.variables["S3CONN_CREDENTIAL_EXPIRATION"] = "soon";
  CHECK_FALSE((**provider.Fetch({})).expiration);
}

TEST_CASE("EnvironmentCredentials: half a pair is an error") {
  TestHome home;
  home.variables["AWS_SECRET_ACCESS_KEY"] = "CANARY";
  EnvironmentCredentials provider(home.environment());
  const auto answer = provider.Fetch({});
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::kCredentials);
  CHECK(Contains(answer.error().message, "AWS_ACCESS_KEY_ID"));
  CHECK_FALSE(Contains(AllText(answer.error()), "CANARY"));
}

}  // namespace
}  // namespace s3conn
