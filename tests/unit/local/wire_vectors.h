#ifndef S3CONN_TESTS_UNIT_LOCAL_WIRE_VECTORS_H_
#define S3CONN_TESTS_UNIT_LOCAL_WIRE_VECTORS_H_

#include <string>
#include <vector>

#include "local/authorization.h"
#include "local/exchange.h"
#include "s3conn/base/time.h"

namespace s3conn::local {

// One entry of tests/vectors/sigv4_s3.json, as its request comes over the wire.
struct WireVector {
  std::string id;
  bool presigned = false;
  bool is_s3 = true;  // else of another service, such as S3 Express
  bool has_session_token = false;
  Request request;
  KeyPair keys;
  Timestamp now;
  std::string payload_hash;
  std::vector<std::string> signed_headers;
  std::string canonical_request;
};

// Throws where the file isn't as expected.
std::vector<WireVector> LoadWireVectors();
// Only those that this endpoint accepts.
std::vector<WireVector> LoadAcceptedVectors();

}  // namespace s3conn::local

#endif  // S3CONN_TESTS_UNIT_LOCAL_WIRE_VECTORS_H_
