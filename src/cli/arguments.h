#ifndef S3CONN_CLI_ARGUMENTS_H_
#define S3CONN_CLI_ARGUMENTS_H_

#include <string>
#include <string_view>

#include "base/file.h"
#include "s3conn/base/error.h"
#include "s3conn/s3/names.h"

namespace s3conn {

// A bucket as "NAME" or "s3://NAME". kUsage where a key follows.
Result<std::string> ParseBucketArgument(std::string_view text);

// "s3://BUCKET/KEY" with a key. kUsage without one, or over S3's length.
Result<ObjectUri> ParseObjectArgument(std::string_view text);

// What follows the last slash: the name a thing keeps when it is put into a folder or under a prefix.
std::string_view BaseName(std::string_view path);

// The object that `source` becomes under `destination`: a key that is empty or ends in '/' gets the source's
// base name. kUsage where standard input has no name to give.
Result<ObjectUri> DestinationObject(std::string_view destination, std::string_view source);

// A file to write, and who chose its name.
struct LocalTarget {
  std::string path;
  AtomicFile::NamedBy named_by = AtomicFile::NamedBy::kUser;
};

// The file that `key` becomes at `target`: a folder, or a target that ends in '/', gets the key's base name.
// kUsage for an empty target, and where the key has no base name that a file can have.
Result<LocalTarget> DestinationFile(std::string_view target, std::string_view key);

}  // namespace s3conn

#endif  // S3CONN_CLI_ARGUMENTS_H_
