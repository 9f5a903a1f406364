#ifndef S3CONN_CLI_ARGUMENTS_H_
#define S3CONN_CLI_ARGUMENTS_H_

#include <string>
#include <string_view>

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

// The file that `key` becomes at `target`: a folder, or a target that ends in '/', gets the key's base name;
// no target is the current folder. kUsage where the key has no base name that a file can have.
Result<std::string> DestinationFile(std::string_view target, std::string_view key);

}  // namespace s3conn

#endif  // S3CONN_CLI_ARGUMENTS_H_
