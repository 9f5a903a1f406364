#ifndef S3CONN_TRANSFER_COPY_H_
#define S3CONN_TRANSFER_COPY_H_

#include <optional>
#include <string>

#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/copy_object.h"
#include "s3conn/s3/names.h"
#include "s3conn/s3/object_properties.h"

namespace s3conn {

// What a copy shall have otherwise than its source. Unset: as the source has it, the storage class included.
// An ACL and encryption are never taken over from the source: S3 doesn't, and its owner may be another.
struct CopyChanges {
  std::optional<std::string> content_type{};
  std::optional<std::string> content_encoding{};
  std::optional<std::string> content_disposition{};
  std::optional<std::string> content_language{};
  std::optional<std::string> cache_control{};
  std::optional<NamedValues> metadata{};  // all of it
  std::optional<NamedValues> tags{};      // all of them
  std::string storage_class{};
  std::string acl{};
  Encryption encryption{};

  // Content headers or metadata.
  bool describes() const;
  bool any() const;
};

struct CopyOrder {
  ObjectUri source;
  ReadOptions source_options{};
  ObjectUri destination;
  CopyChanges changes{};
  WriteConditions conditions{};
};

struct CopyResult {
  ObjectProperties source;  // as it was copied
  CopyObjectResponse object;
  std::string storage_class;  // of the copy, as far as it was said
  // What shows that the copy has the source's bytes: a checksum by its name ("crc64nvme"), "md5", or "etag"
  // for an ETag of parts; "size" where only that was compared.
  std::string verified;
  bool guarded = false;  // the store copied under the condition that the source is still the one looked at
};

// kUsage for a copy onto itself that changes nothing, and for a key that no new object can have.
Status CheckCopy(const CopyOrder& order);

// Looks at the source, under the order's conditions.
Result<ObjectProperties> LookAtSource(Client& client, const CopyOrder& order, const CallContext& context);

// kUsage for more than one CopyObject copies.
Status CheckCopySize(ByteCount size);

// How to read the source without the order's conditions.
ReadOptions SourceItself(const CopyOrder& order);

// The same of the copy, and a look at it.
ReadOptions CopyItself(const CopyOrder& order);
Result<ObjectProperties> LookAtCopy(Client& client, const CopyOrder& order, const CallContext& context);

// kPrecondition where the source is not in every respect what it was when it was looked at.
Status LookAtSourceAgain(Client& client, const CopyOrder& order, const ObjectProperties& source,
                         const CallContext& context);

// One object by one CopyObject, of at most 5 GiB: kUsage for a larger one, before it is begun. The store
// copies what was looked at or nothing (kPrecondition). On stores that may not do with tags as they are told
// these are set by a request of their own. kIntegrity where it reports another checksum or size
// than the source's.
Result<CopyResult> Copy(Client& client, const CopyOrder& order, const ObjectProperties& source,
                        const CallContext& context);

// The same where nothing is at the destination; nullopt, and nothing copied, where something is.
Result<std::optional<CopyResult>> CopyUnlessExists(Client& client, CopyOrder order,
                                                   const ObjectProperties& source,
                                                   const CallContext& context);

// What becomes of an object that is at the destination already.
enum class Existing { kReplaced, kKept };

}  // namespace s3conn

#endif  // S3CONN_TRANSFER_COPY_H_
