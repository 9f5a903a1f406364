#ifndef S3CONN_LOCAL_SCHEMA_H_
#define S3CONN_LOCAL_SCHEMA_H_

#include "local/database.h"

namespace s3conn::local {

// The tables of a store's index.
Schema StoreSchema();

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_SCHEMA_H_
