#ifndef S3CONN_TRANSFER_VERIFICATION_H_
#define S3CONN_TRANSFER_VERIFICATION_H_

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/crc.h"
#include "base/hash.h"
#include "s3conn/base/error.h"
#include "s3conn/s3/object_properties.h"

namespace s3conn {

// Checks an object's bytes, as they pass, against the best proof its headers give: a checksum over the whole
// object, else the MD5 in the ETag of an object that came in one piece and is not encrypted with a key of its
// own.
class Verification {
 public:
  explicit Verification(const ObjectProperties& object);

  void Update(std::string_view bytes);
  // What the bytes are checked against: "crc64nvme", "crc32c", "crc32", "sha256", "md5"; "size" where there
  // is nothing.
  std::string_view name() const { return name_; }
  // kIntegrity where the bytes seen are not the object's. Call once, at the end.
  Status Finish();

 private:
  std::string_view name_ = "size";
  std::string expected_;
  std::variant<std::monostate, Crc, Hasher> running_;
};

}  // namespace s3conn

#endif  // S3CONN_TRANSFER_VERIFICATION_H_
