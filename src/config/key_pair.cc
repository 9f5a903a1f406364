#include "config/key_pair.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"

namespace s3conn {
namespace {

struct Part {
  std::string name;  // as the user has to write it
  std::optional<ProfileValue> found;
};

// Named for how it stands in messages: "AWS_ACCESS_KEY_ID", or "aws_access_key_id of profile work (file:3)".
std::string Described(const Part& part) {
  if (part.found->origin == part.name) return part.name;
  return fmt::format("{} of {}", part.name, part.found->origin);
}

Result<std::optional<KeyPair>> Assemble(Part id, Part secret, Part token) {
  if (!id.found && !secret.found) return std::nullopt;
  if (!id.found || !secret.found) {
    const Part& there = id.found ? id : secret;
    const Part& missing = id.found ? secret : id;
    return Failure(ErrorKind::kCredentials,
                   fmt::format("half a key pair: {} is set without {}", Described(there), missing.name),
                   fmt::format("set {} in the same place, or remove {}", missing.name, there.name));
  }
  for (const Part* part : {&id, &secret, &token}) {
    if (part->found && HasControlCharacter(part->found->value)) {
      return Failure(ErrorKind::kCredentials,
                     fmt::format("{} holds a line break or another control character", Described(*part)),
                     "set it again, without a line break at its end");
    }
  }
  return KeyPair{std::move(id.found->value), Secret(std::move(secret.found->value)),
                 Secret(token.found ? std::move(token.found->value) : std::string()),
                 std::move(id.found->origin), std::nullopt};
}

Part FromVariable(const Environment& environment, std::string name) {
  std::optional<std::string> value = FindVariable(environment, name);
  if (!value) return {std::move(name), std::nullopt};
  return {name, ProfileValue{*std::move(value), name}};
}

}  // namespace

Result<std::optional<KeyPair>> KeyPairFromEnvironment(const Environment& environment) {
  for (const std::string prefix : {"S3CONN_", "AWS_"}) {
    Result<std::optional<KeyPair>> pair = Assemble(FromVariable(environment, prefix + "ACCESS_KEY_ID"),
                                                   FromVariable(environment, prefix + "SECRET_ACCESS_KEY"),
                                                   FromVariable(environment, prefix + "SESSION_TOKEN"));
    if (pair && *pair) {
      const auto expiration = FindVariable(environment, prefix + "CREDENTIAL_EXPIRATION");
      if (expiration) (*pair)->expiration = ParseRfc3339(*expiration);
    }
    if (!pair || *pair) return pair;
  }
  return std::nullopt;
}

Result<std::optional<KeyPair>> KeyPairFromProfile(const Profiles& profiles, std::string_view profile) {
  for (const ProfileFile file : kProfileFiles) {
    const auto part = [&](const char* name) { return Part{name, profiles.FindIn(file, profile, {name})}; };
    Result<std::optional<KeyPair>> pair =
        Assemble(part("aws_access_key_id"), part("aws_secret_access_key"), part("aws_session_token"));
    if (!pair || *pair) return pair;
  }
  return std::nullopt;
}

}  // namespace s3conn
