#ifndef S3CONN_TESTS_UNIT_SIGN_VECTOR_FILE_H_
#define S3CONN_TESTS_UNIT_SIGN_VECTOR_FILE_H_

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/message.h"
#include "s3conn/base/time.h"
#include "s3conn/sign/credentials.h"
#include "sign/signer.h"

namespace s3conn {

// One entry of tests/vectors/sigv4_s3.json: what goes into a signature, and what has to come out at each
// stage.
struct SigningVector {
  std::string id;

  HttpRequest request;  // its path is made from bucket and key, as s3conn makes it
  Credentials credentials;
  SigningScope scope;
  Timestamp now;
  bool payload_signed = false;
  std::string body;
  std::optional<std::chrono::seconds> expires;  // of presigned ones

  std::string wire_path;
  std::string wire_query;
  std::string host_header;
  std::string payload_hash;
  std::string canonical_uri;
  std::string canonical_query;
  std::string signed_headers;
  std::string canonical_request;
  std::string canonical_request_sha256;
  std::string string_to_sign;
  std::string signing_key_hex;
  std::string signature;
  std::string authorization;            // not of presigned ones
  std::vector<Header> headers_to_send;  // nor these
  std::string presigned_url;            // of presigned ones only
};

// All vectors of a mode: "header", "query" or "express". Throws where the file isn't as expected.
std::vector<SigningVector> LoadVectors(std::string_view mode);

// The canonical request cut at its line ends.
std::vector<std::string> Lines(std::string_view text);

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_SIGN_VECTOR_FILE_H_
