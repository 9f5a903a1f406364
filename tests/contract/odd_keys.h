#ifndef S3CONN_TESTS_CONTRACT_ODD_KEYS_H_
#define S3CONN_TESTS_CONTRACT_ODD_KEYS_H_

#include <string>
#include <vector>

namespace s3conn {

// Keys that something on the way to a store, or the store, may take for something else.
const std::vector<std::string>& OddKeys();

}  // namespace s3conn

#endif  // S3CONN_TESTS_CONTRACT_ODD_KEYS_H_
