#ifndef S3CONN_TESTS_CONTRACT_DIRECT_PUT_H_
#define S3CONN_TESTS_CONTRACT_DIRECT_PUT_H_

#include <string>
#include <vector>

namespace s3conn {

struct NewObject {
  std::string key;
  std::string bytes;
};

// Puts objects by the library, several at once: where a test needs many and one program for each takes too
// long, and for keys that put-object does not make (it takes one that ends in '/' for a folder, and appends
// the source's name). Fails the test where one cannot be put.
void PutDirectly(const std::string& bucket, const std::vector<NewObject>& objects);

}  // namespace s3conn

#endif  // S3CONN_TESTS_CONTRACT_DIRECT_PUT_H_
