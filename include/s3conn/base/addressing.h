#ifndef S3CONN_BASE_ADDRESSING_H_
#define S3CONN_BASE_ADDRESSING_H_

namespace s3conn {

// How a bucket is named in a request: in the path, or in front of the host. Auto: virtual host on AWS, path
// style on every other endpoint and for names that are no host label.
enum class Addressing { kAuto, kPath, kVirtual };

}  // namespace s3conn

#endif  // S3CONN_BASE_ADDRESSING_H_
