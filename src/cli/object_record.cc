#include "cli/object_record.h"

#include <utility>

namespace s3conn {

Record ObjectRecord(const std::string& bucket, const std::string& key) {
  Record record;
  record.Add("BucketName", bucket).Add("Key", key);
  return record;
}

void AddProperties(Record& record, const ObjectProperties& object) {
  record.Add("ETag", object.etag).Add("Size", object.size).AddIf("LastModified", object.last_modified);
  record.AddUnlessEmpty("ContentType", object.content_type)
      .AddUnlessEmpty("ContentEncoding", object.content_encoding)
      .AddUnlessEmpty("ContentDisposition", object.content_disposition)
      .AddUnlessEmpty("ContentLanguage", object.content_language)
      .AddUnlessEmpty("CacheControl", object.cache_control)
      .AddUnlessEmpty("Expires", object.expires)
      .AddUnlessEmpty("StorageClass", object.storage_class_name)
      .AddUnlessEmpty("ArchiveStatus", object.archive_status);
  if (object.restore) {
    Record restore;
    restore.Add("IsRestoreInProgress", object.restore->is_in_progress);
    restore.AddIf("RestoreExpiryDate", object.restore->expiry_date);
    record.Add("RestoreStatus", Record::Value(std::move(restore)));
  }
  record.AddUnlessEmpty("VersionId", object.version_id)
      .AddUnlessEmpty("ServerSideEncryption", object.server_side_encryption)
      .AddUnlessEmpty("SSEKMSKeyId", object.kms_key_id);
  if (object.tag_count != 0) record.Add("TagCount", object.tag_count);
  for (const ObjectChecksum& checksum : object.checksums) record.Add(checksum.name, checksum.value);
  if (object.metadata.empty()) return;
  Record metadata;
  for (const auto& [name, value] : object.metadata) metadata.Add(name, value);
  record.Add("Metadata", Record::Value(std::move(metadata)));
}

}  // namespace s3conn
