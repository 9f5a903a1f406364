#ifndef S3CONN_S3_OBJECT_HEADERS_H_
#define S3CONN_S3_OBJECT_HEADERS_H_

#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/base/secret.h"
#include "s3conn/s3/object_settings.h"
#include "s3conn/s3/operation.h"
#include "s3conn/s3/read_options.h"

namespace s3conn {

// Content-Type and the other headers that come back with the object, and its metadata.
void AddDescription(Headers& headers, const ObjectSettings& settings);
// Storage class, ACL and encryption.
void AddPlacement(Headers& headers, const ObjectSettings& settings);
void AddTags(Headers& headers, const NamedValues& tags);

// Of the object that is read or written, and of the source of a copy.
inline constexpr std::string_view kCustomerKeyPrefix = "x-amz-server-side-encryption-customer-";
inline constexpr std::string_view kSourceCustomerKeyPrefix =
    "x-amz-copy-source-server-side-encryption-customer-";
void AddCustomerKey(Headers& headers, std::string_view prefix, const Secret& key);

void AddWriteConditions(OperationRequest& request, const WriteConditions& conditions);

// Version, conditions and key of what is read. kUsage for a bad key.
Status AddReadOptions(OperationRequest& request, const ReadOptions& options);
// If-Match and the like, with "x-amz-copy-source-" in front for the source of a copy.
void AddReadConditions(Headers& headers, std::string_view prefix, const ReadOptions& options);

// As the header wants it: quoted, unless it is "*".
std::string QuoteETag(std::string_view etag);

}  // namespace s3conn

#endif  // S3CONN_S3_OBJECT_HEADERS_H_
