#ifndef S3CONN_CLI_OBJECT_RECORD_H_
#define S3CONN_CLI_OBJECT_RECORD_H_

#include <string>

#include "output/record.h"
#include "s3conn/s3/object_properties.h"

namespace s3conn {

// The start of what a command says of an object: which one it is.
Record ObjectRecord(const std::string& bucket, const std::string& key);

// An object's properties under the names of the S3 API, after what `record` already holds.
void AddProperties(Record& record, const ObjectProperties& object);

}  // namespace s3conn

#endif  // S3CONN_CLI_OBJECT_RECORD_H_
