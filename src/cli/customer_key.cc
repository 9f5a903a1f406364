#include "cli/customer_key.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/file.h"
#include "base/text.h"
#include "cli/session.h"

namespace s3conn {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr ByteCount kLongestFile = 1_KiB;

void WarnIfExposed(const Session& session, const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return;
  if ((info.st_mode & (S_IRGRP | S_IROTH)) == 0) return;
  const std::string shown = EscapeForTerminal(path);
  session.Warn(fmt::format("{} holds a key and other users can read it (mode {:04o}): chmod 600 {}", shown,
                           info.st_mode & 07777U, shown));
}

// 31 characters and the newline of an editor: bytes of chance are never that.
bool IsLineOfText(std::string_view bytes) {
  if (!bytes.ends_with('\n')) return false;
  bytes.remove_suffix(1);
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

Result<Secret> ReadCustomerKey(const Session& session, std::string_view option, const std::string& path) {
  if (path.empty()) return Secret();
  Result<std::string> content = ReadWholeFile(path, kLongestFile);
  if (!content) return Failure(std::move(content.error()).Within(option));
  const Secret raw(std::move(*content));
  WarnIfExposed(session, path);
  if (raw.Expose().size() == kKeyBytes && !IsLineOfText(raw.Expose())) return raw;
  std::optional<std::string> decoded = Base64Decode(Trim(raw.Expose()));
  if (decoded) {
    Secret key(std::move(*decoded));
    if (key.Expose().size() == kKeyBytes) return key;
  }
  return Failure(ErrorKind::kUsage,
                 fmt::format("{}: '{}' holds no key for SSE-C", option, EscapeForTerminal(path)),
                 "it must hold 32 bytes, as they are or in base64; make one: openssl rand -base64 32 > FILE");
}

}  // namespace s3conn
