#include "cli/arguments.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/text.h"

namespace s3conn {
namespace {

bool IsFolder(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

Result<std::string> ParseBucketArgument(std::string_view text) {
  std::string bucket(text);
  if (IsS3Uri(text)) {
    const Result<ObjectUri> uri = ParseObjectUri(text);
    if (!uri) return Failure(uri.error());
    if (!uri->key.empty()) {
      return Failure(ErrorKind::kUsage,
                     fmt::format("'{}' names an object, not a bucket", EscapeForTerminal(text)),
                     fmt::format("give the bucket alone: {}", EscapeForTerminal(uri->bucket)));
    }
    bucket = uri->bucket;
  }
  if (Status valid = CheckBucketName(bucket); !valid) return Failure(std::move(valid.error()));
  return bucket;
}

Result<ObjectUri> ParseObjectArgument(std::string_view text) {
  Result<ObjectUri> uri = ParseObjectUri(text);
  if (!uri) return uri;
  if (Status valid = CheckKey(uri->key); !valid) {
    return Failure(std::move(valid.error()).Within(fmt::format("'{}'", Abbreviate(text, 200))));
  }
  return uri;
}

std::string_view BaseName(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

Result<ObjectUri> DestinationObject(std::string_view destination, std::string_view source) {
  Result<ObjectUri> uri = ParseObjectUri(destination);
  if (!uri) return uri;
  if (uri->key.empty() || uri->key.ends_with('/')) {
    if (source == "-") {
      return Failure(ErrorKind::kUsage, "standard input has no name to append to the destination",
                     fmt::format("give the whole key: {}NAME", ShowObjectUri(uri->bucket, uri->key)));
    }
    uri->key += BaseName(source);
  }
  if (Status valid = CheckNewKey(uri->key); !valid) return Failure(std::move(valid.error()));
  return uri;
}

Result<LocalTarget> DestinationFile(std::string_view target, std::string_view key) {
  if (target.empty()) {
    return Failure(ErrorKind::kUsage, "the target is empty",
                   "name a file or a folder, or leave the target out");
  }
  std::string path(target);
  const bool ends_in_slash = path.ends_with('/');
  if (!ends_in_slash && !IsFolder(path)) return LocalTarget{path, AtomicFile::NamedBy::kUser};
  const std::string_view name = BaseName(key);
  if (name.empty() || name == "." || name == "..") {
    return Failure(ErrorKind::kUsage, fmt::format("the key '{}' gives no file name", EscapeForTerminal(key)),
                   "name the target file");
  }
  if (!ends_in_slash) path += '/';
  if (path == "./") path.clear();
  path += name;
  return LocalTarget{path, AtomicFile::NamedBy::kKey};
}

}  // namespace s3conn
