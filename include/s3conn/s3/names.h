#ifndef S3CONN_S3_NAMES_H_
#define S3CONN_S3_NAMES_H_

#include <string>
#include <string_view>

#include "s3conn/base/error.h"

namespace s3conn {

// "s3://BUCKET/KEY" taken apart: everything after the first slash is the key, byte for byte. BUCKET may be
// the ARN of an access point; its own slashes are not counted.
struct ObjectUri {
  std::string bucket;
  std::string key;  // empty for "s3://BUCKET" and "s3://BUCKET/"
};

bool IsS3Uri(std::string_view text);
// kUsage where the scheme or the bucket is missing.
Result<ObjectUri> ParseObjectUri(std::string_view text);
// Raw bytes, as ParseObjectUri takes them.
std::string FormatObjectUri(std::string_view bucket, std::string_view key);
// The same for messages: escaped, and cut short where it would fill the screen.
std::string ShowObjectUri(std::string_view bucket, std::string_view key);

// S3's rules for the name of a new general purpose bucket; kUsage naming the rule broken.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
Status CheckNewBucketName(std::string_view bucket);
// What any request's bucket must be: not empty, no slash, no control characters, not "." or ".."; or the ARN
// of an access point.
Status CheckBucketName(std::string_view bucket);
// What any request's key must be: 1 to 1,024 bytes.
Status CheckKey(std::string_view key);
// What the key of a new object must be besides: UTF-8, which S3 demands. Stores hold others all the same.
Status CheckNewKey(std::string_view key);

}  // namespace s3conn

#endif  // S3CONN_S3_NAMES_H_
