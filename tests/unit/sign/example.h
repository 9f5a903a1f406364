#ifndef S3CONN_TESTS_UNIT_SIGN_EXAMPLE_H_
#define S3CONN_TESTS_UNIT_SIGN_EXAMPLE_H_

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "s3conn/base/message.h"
#include "s3conn/base/time.h"
#include "s3conn/sign/credentials.h"
#include "sign/signing_key.h"

namespace s3conn {

// Something to sign, where it doesn't matter what. The keys are the ones of AWS's documentation.

inline Timestamp ExampleTime() {
  return std::chrono::sys_days(std::chrono::year(2026) / 1 / 15) + std::chrono::hours(9);
}

inline SigningScope ExampleScope() {
  return {"eu-west-1", "s3"};
}

inline Credentials ExampleCredentials(std::string session_token = {}) {
  return {"AKIAIOSFODNN7EXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
          Secret(std::move(session_token)), std::nullopt};
}

inline HttpRequest ExampleRequest() {
  HttpRequest request;
  request.origin = {Scheme::kHttps, "bucket.example.com", 443};
  request.path = "/key";
  return request;
}

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_SIGN_EXAMPLE_H_
