#ifndef S3CONN_S3_CLIENT_H_
#define S3CONN_S3_CLIENT_H_

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "s3conn/base/addressing.h"
#include "s3conn/base/body.h"
#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/base/time.h"
#include "s3conn/base/url.h"
#include "s3conn/http/http_client.h"
#include "s3conn/s3/operation.h"
#include "s3conn/sign/credentials.h"

namespace s3conn {

enum class Signing { kSigned, kAnonymous };

struct ClientOptions {
  std::string region = "us-east-1";
  std::optional<EndpointUrl> endpoint;  // absent: AWS, in that region
  Addressing addressing = Addressing::kAuto;
  // Which of AWS's hosts: those with IPv6, those with validated cryptography, those near the user. Not with
  // an endpoint.
  bool dualstack = false;
  bool fips = false;
  bool accelerate = false;  // for existing buckets; not with fips
  Signing signing = Signing::kSigned;
  std::optional<bool> payload_signing;  // unset: signed on custom endpoints and over plain HTTP
  std::optional<bool> send_checksums;   // unset: on AWS over TLS
  std::optional<int> max_attempts;      // unset: 3, and 10 for transfers
  bool request_payer = false;           // agrees to pay for requests on buckets whose owner doesn't
};

// How the bytes of an upload are protected on their way.
struct UploadIntegrity {
  bool signed_payload = true;  // their SHA-256 is in the signature, so every server checks it
  bool crc64nvme_header = false;
};

// A request that anyone can send who has the URL. The URL is as secret as what it opens.
struct PresignedRequest {
  std::string url;
  Headers headers;    // what the sender must send besides, as it is
  Timestamp expires;  // by the signature; its credentials may end sooner
  // When the credentials that signed it end; unset for long-lived ones, and where nobody knows.
  std::optional<Timestamp> credentials_expire;
  bool session_credentials = false;
};

// Changes a request before each attempt is signed: a resumed download asks only for what it has not got yet.
using AttemptHook = std::function<void(OperationRequest&)>;

// Calls S3 operations: endpoint, credentials, signature, exchange, retries. Safe from many threads; what it
// is made of outlives it.
class Client {
 public:
  // `random` gives numbers in [0, 1) for the back-off.
  Client(ClientOptions options, HttpClient& http, CredentialsProvider& credentials, Clock& clock,
         std::function<double()> random);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // One operation, retried as RELIABILITY's policy says: each attempt rewinds the body and is signed anew.
  template <S3Operation Op>
  Result<typename Op::Response> Call(const typename Op::Request& request, const CallContext& context,
                                     Body body = {}, const AttemptHook& before_attempt = {});

  // Signs a request without sending it. kUsage unless `valid_for` is 1 second to 7 days, and where requests
  // are sent anonymously; kCredentials.
  Result<PresignedRequest> Presign(const OperationRequest& operation, std::chrono::seconds valid_for,
                                   const CallContext& context);

  UploadIntegrity upload_integrity() const;
  // Whether it talks to AWS itself: other stores may not look at conditions and checksums.
  bool is_aws() const;

 private:
  using Accept = std::function<Status(const HttpResponse&)>;
  struct Plan {
    std::string_view operation;
    bool transfer = false;
    OperationRequest request;
    Body body;
    const AttemptHook& before_attempt;
    bool answer_lost = false;  // out: an attempt may have been carried out although its answer never came
  };
  Status Run(Plan& plan, const CallContext& context, const Accept& accept);

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

template <S3Operation Op>
Result<typename Op::Response> Client::Call(const typename Op::Request& request, const CallContext& context,
                                           Body body, const AttemptHook& before_attempt) {
  Result<OperationRequest> built = Op::Build(request);
  if (!built) return Failure(std::move(built.error()));
  Plan plan{Op::kName, Op::kTransfer, std::move(*built), body, before_attempt};
  std::optional<typename Op::Response> response;
  Status status = Run(plan, context, [&response](const HttpResponse& http) -> Status {
    Result<typename Op::Response> parsed = Op::Parse(http);
    if (!parsed) return Failure(std::move(parsed.error()));
    response = std::move(*parsed);
    return {};
  });
  if (status) return std::move(*response);
  if constexpr (ResolvesLostAnswer<Op>) {
    if (plan.answer_lost) response = Op::AfterLostAnswer(request, status.error());
    if (response) return std::move(*response);
  }
  status.error().repeated = plan.answer_lost;
  return Failure(std::move(status.error()));
}

}  // namespace s3conn

#endif  // S3CONN_S3_CLIENT_H_
