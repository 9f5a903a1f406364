#include "credentials/chain.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "unit/config/test_home.h"

namespace s3conn {
namespace {

// Gives its answers in turn, the last one for ever, and counts how often it was asked.
class ScriptedProvider final : public CredentialsProvider {
 public:
  ScriptedProvider(std::vector<Result<std::optional<Credentials>>> answers, std::atomic<int>& asked)
      : answers_(std::move(answers)), asked_(asked) {}
  std::string_view name() const override { return "scripted"; }
  Result<std::optional<Credentials>> Fetch(const CallContext& /*context*/) override {
    const auto turn = static_cast<std::size_t>(asked_++);
    return answers_[std::min(turn, answers_.size() - 1)];
  }

 private:
  std::vector<Result<std::optional<Credentials>>> answers_;
  std::atomic<int>& asked_;
};

using Answer = Result<std::optional<Credentials>>;

Answer Nothing() {
  return std::nullopt;
}
Answer Broken() {
  return Failure(ErrorKind::kCredentials, "broken");
}
Answer Keys(std::string id) {
  return Credentials{std::move(id), Secret("CANARY"), Secret(), std::nullopt};
}

struct Script {
  std::vector<Answer> answers;
  std::atomic<int> asked = 0;
};

CredentialsChain ChainOf(Script& first, Script& second) {
  std::vector<std::unique_ptr<CredentialsProvider>> providers;
  for (Script* const script : {&first, &second}) {
    providers.push_back(std::make_unique<ScriptedProvider>(script->answers, script->asked));
  }
  return CredentialsChain(std::move(providers));
}

// The access key ID, or the error's message.
std::string Shown(const Answer& answer) {
  if (!answer) return answer.error().message;
  return *answer ? (*answer)->access_key_id : "(nothing)";
}

TEST_CASE("CredentialsChain: the first that answers wins") {
  Script first{{Keys("1")}}, second{{Keys("2")}};
  CredentialsChain chain = ChainOf(first, second);
  CHECK(Shown(chain.Fetch({})) == "1");
  CHECK(second.asked == 0);
}

TEST_CASE("CredentialsChain: who is not configured is passed over") {
  Script first{{Nothing()}}, second{{Keys("2")}};
  CredentialsChain chain = ChainOf(first, second);
  CHECK(Shown(chain.Fetch({})) == "2");
  CHECK(first.asked == 1);
}

TEST_CASE("CredentialsChain: an error ends the search and is not kept") {
  Script first{{Broken(), Nothing()}}, second{{Keys("2")}};
  CredentialsChain chain = ChainOf(first, second);
  CHECK(Shown(chain.Fetch({})) == "broken");
  CHECK(second.asked == 0);
  CHECK(Shown(chain.Fetch({})) == "2");
}

TEST_CASE("CredentialsChain: an answer is kept") {
  Script first{{Nothing(), Keys("1")}}, second{{Keys("2"), Keys("3")}};
  CredentialsChain chain = ChainOf(first, second);
  CHECK(Shown(chain.Fetch({})) == "2");
  CHECK(Shown(chain.Fetch({})) == "2");
  CHECK(first.asked == 1);
  CHECK(second.asked == 1);
}

TEST_CASE("CredentialsChain: many threads make one search") {
  Script first{{Nothing()}}, second{{Keys("2")}};
  CredentialsChain chain = ChainOf(first, second);
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 100; ++j) right += Shown(chain.Fetch({})) == "2" ? 1 : 0;
      });
    }
  }
  CHECK(right == 800);
  CHECK(second.asked == 1);
}

TEST_CASE("CredentialsChain: nobody answering is an error that tells who was asked and what to do") {
  TestHome home;
  const auto answer = MakeCredentialsChain(*home.Resolve(), home.environment())->Fetch({});
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::kCredentials);
  CHECK(answer.error().message == "no credentials found");
  for (const char* const part :
       {"environment: not configured", "profile default: not configured", "AWS_ACCESS_KEY_ID",
        "aws_access_key_id", "--profile", "--no-sign-request"}) {
    CAPTURE(part);
    CHECK(Contains(answer.error().hint, part));
  }
}

// The whole order, with a key pair in each place that is named by its letter.

std::string Winner(const TestHome& home, const SettingsOptions& options = {}) {
  const auto settings = home.Resolve(options);
  REQUIRE(settings);
  return Shown(MakeCredentialsChain(*settings, home.environment())->Fetch({}));
}

std::string Pair(const std::string& id) {
  return "aws_access_key_id=" + id + "\naws_secret_access_key=s\n";
}

void SetPair(TestHome& home, const std::string& prefix, const std::string& id) {
  home.variables[prefix + "ACCESS_KEY_ID"] = id;
  home.variables[prefix + "SECRET_ACCESS_KEY"] = "s";
}

TEST_CASE("MakeCredentialsChain: the order of the sources") {
  TestHome home;
  home.WriteAwsConfig("[profile w]\n" + Pair("aws-config"));
  home.variables["AWS_PROFILE"] = "w";
  CHECK(Winner(home) == "aws-config");
  home.WriteAwsCredentials("[w]\n" + Pair("aws-credentials"));
  CHECK(Winner(home) == "aws-credentials");
  home.WriteConnector("[profile w]\n" + Pair("own"));
  CHECK(Winner(home) == "own");
  SetPair(home, "AWS_", "AWS");
  CHECK(Winner(home) == "AWS");
  SetPair(home, "S3CONN_", "S3CONN");
  CHECK(Winner(home) == "S3CONN");
  CHECK(Winner(home, {.profile = "w"}) == "own");
  home.variables["S3CONN_PROFILE"] = "w";
  CHECK(Winner(home) == "own");
}

TEST_CASE("MakeCredentialsChain: a named profile without credentials leaves them to the environment") {
  TestHome home;
  home.WriteConnector("[profile w]\nendpoint_url = http://localhost:1\n");
  SetPair(home, "AWS_", "AWS");
  CHECK(Winner(home, {.profile = "w"}) == "AWS");
}

TEST_CASE(
    "MakeCredentialsChain: a named profile with credentials of another kind never acts as the environment") {
  TestHome home;
  home.WriteAwsConfig("[profile w]\nrole_arn = R\n");
  SetPair(home, "AWS_", "AWS");
  CHECK(Contains(Winner(home, {.profile = "w"}), "credentials by role_arn"));
  home.WriteAwsConfig("[profile w]\nuse_static_credentials = false\n" + Pair("x"));
  CHECK(Contains(Winner(home, {.profile = "w"}), "use_static_credentials is false"));
}

TEST_CASE("MakeCredentialsChain: the environment counts before the kind of an unnamed profile") {
  TestHome home;
  home.WriteAwsConfig("[default]\nrole_arn = R\n");
  CHECK(Contains(Winner(home), "credentials by role_arn"));
  SetPair(home, "AWS_", "AWS");
  CHECK(Winner(home) == "AWS");
}

TEST_CASE("MakeCredentialsChain: half a pair in a stronger source is never completed or passed over") {
  TestHome home;
  home.WriteAwsCredentials("[default]\n" + Pair("file"));
  home.variables["AWS_ACCESS_KEY_ID"] = "A";
  CHECK(Contains(Winner(home), "AWS_SECRET_ACCESS_KEY"));
  home.variables.erase("AWS_ACCESS_KEY_ID");
  home.variables["AWS_SESSION_TOKEN"] = "stale";
  const auto answer = MakeCredentialsChain(*home.Resolve(), home.environment())->Fetch({});
  REQUIRE(answer);
  CHECK((*answer)->session_token.empty());
}

}  // namespace
}  // namespace s3conn
