#ifndef S3CONN_LOCAL_RANDOM_ID_H_
#define S3CONN_LOCAL_RANDOM_ID_H_

#include <string>

namespace s3conn::local {

// 32 hexadecimal digits that nobody can guess and that never come again: the name of a version, of an upload,
// of a file.
std::string RandomId();

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_RANDOM_ID_H_
