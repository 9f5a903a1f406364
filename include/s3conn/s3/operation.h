#ifndef S3CONN_S3_OPERATION_H_
#define S3CONN_S3_OPERATION_H_

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn {

// What an operation asks for, before it is known where the bucket lives: raw bucket and key, no host, no
// signature. The client turns it into an HttpRequest once per attempt.
struct OperationRequest {
  std::string method = "GET";
  std::string bucket;  // empty: the service itself
  std::string key;     // empty: the bucket itself
  std::vector<QueryParameter> query;
  Headers headers;
  std::string body;               // a small document; object bytes travel in a Body
  bool fresh_connection = false;  // as in HttpRequest
  bool slow_answer = false;       // as in HttpRequest
};

// An operation is one struct in one file: plain request and response, and two pure functions between them and
// HTTP. kTransfer marks those that move object bytes: they are tried more often.
template <typename Op>
concept S3Operation = requires(const typename Op::Request& request, const HttpResponse& response) {
  { Op::kName } -> std::convertible_to<std::string_view>;
  { Op::kTransfer } -> std::convertible_to<bool>;
  { Op::Build(request) } -> std::same_as<Result<OperationRequest>>;
  { Op::Parse(response) } -> std::same_as<Result<typename Op::Response>>;
};

// For operations that a second attempt finds done already: the answer that stands for success when an earlier
// attempt's answer was lost.
template <typename Op>
concept ResolvesLostAnswer = requires(const typename Op::Request& request, const Error& error) {
  { Op::AfterLostAnswer(request, error) } -> std::same_as<std::optional<typename Op::Response>>;
};

}  // namespace s3conn

#endif  // S3CONN_S3_OPERATION_H_
