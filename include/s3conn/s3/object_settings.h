#ifndef S3CONN_S3_OBJECT_SETTINGS_H_
#define S3CONN_S3_OBJECT_SETTINGS_H_

#include <string>
#include <utility>
#include <vector>

#include "s3conn/base/error.h"
#include "s3conn/base/secret.h"

namespace s3conn {

// Names and values in the order they were given.
using NamedValues = std::vector<std::pair<std::string, std::string>>;

// How the store shall encrypt an object; all empty: as the bucket says.
struct Encryption {
  std::string algorithm{};   // "AES256", "aws:kms", "aws:kms:dsse"
  std::string kms_key_id{};  // with one of the last two; empty: the account's own key
  Secret customer_key{};     // SSE-C: 32 bytes, kept by the user; in place of the other two
};

// What an object has besides its bytes. Empty ones are not sent: the store decides.
struct ObjectSettings {
  std::string content_type{};
  std::string content_encoding{};
  std::string content_disposition{};
  std::string content_language{};
  std::string cache_control{};
  std::string expires{};  // an HTTP date, as it is
  NamedValues metadata{};
  NamedValues tags{};
  std::string storage_class{};
  std::string acl{};  // canned: "public-read"
  Encryption encryption{};
};

// A write that happens only if the destination is as said; the store answers PreconditionFailed else.
struct WriteConditions {
  std::string if_match{};      // the ETag it has now, without quotes
  bool if_none_match = false;  // it does not exist
  // Ceph compares the header with an ETag that has no quotes.
  enum class ETagForm { kQuoted, kBare } etag_form = ETagForm::kQuoted;

  bool any() const { return if_none_match || !if_match.empty(); }
};

// kUsage for what no header can carry as it is: control characters, anything but ASCII, spaces at the ends,
// names that are no header names or come twice; for more metadata than S3 takes (2 KiB); for tags against
// S3's rules.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
Status CheckObjectSettings(const ObjectSettings& settings);

// The same for what an object has already and takes along: only what can't be sent at all is refused.
Status CheckSendable(const ObjectSettings& settings);

// kUsage unless it has the 32 bytes of an AES-256 key.
Status CheckCustomerKey(const Secret& key);

}  // namespace s3conn

#endif  // S3CONN_S3_OBJECT_SETTINGS_H_
