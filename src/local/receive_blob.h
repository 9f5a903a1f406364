#ifndef S3CONN_LOCAL_RECEIVE_BLOB_H_
#define S3CONN_LOCAL_RECEIVE_BLOB_H_

#include "local/blob_folder.h"
#include "local/payload.h"
#include "local/store.h"

namespace s3conn::local {

// Reads a body to its end into a new blob of the store, finished. Nothing is left of one that did not come to
// its right end: what Payload refuses, kInternalError.
Answer<NewBlob> ReceiveBlob(Store& store, Payload& payload);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_RECEIVE_BLOB_H_
