#include "s3conn/s3/client.h"

#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/read_blocks.h"
#include "http/retry.h"
#include "s3/endpoint.h"
#include "s3/service_error.h"
#include "sign/signer.h"

namespace s3conn {
namespace {

// The SHA-256 of what a request carries; of nothing where it carries nothing.
Result<PayloadHash> HashPayload(BodySource* source, const CallContext& context) {
  if (source == nullptr) return PayloadHash::Of("");
  Hasher hasher(Hasher::Algorithm::kSha256);
  Status read = ReadBlocks(*source, context, [&hasher](std::string_view block) { hasher.Update(block); });
  if (!read) return Failure(std::move(read.error()));
  return PayloadHash{hasher.FinishHex()};
}

// Whether a failed attempt leaves open that the request was carried out.
bool LeavesAnswerOpen(const Error& error) {
  if (error.unsent || error.kind == ErrorKind::kThrottled) return false;
  const bool exchange_failed = error.kind == ErrorKind::kNetwork || error.kind == ErrorKind::kTimeout;
  const int status = error.service ? error.service->http_status : 0;
  return exchange_failed || status >= 500 || (status >= 200 && status < 300);
}

// S3 may begin a 200 and fail afterwards: its body then is an error document, and begins as one.
bool IsErrorDocument(const HttpResponse& response) {
  return std::string_view(response.body).substr(0, 512).find("<Error") != std::string_view::npos;
}

// A server that tells what it computed settles whose fault a mismatch is.
void CompareSignatures(Error& error, const Signature& ours) {
  const std::string& theirs = error.service->string_to_sign;
  if (theirs.empty()) return;
  error.hint = theirs == ours.string_to_sign ? "both sides signed the same text, so the secret key is wrong"
                                             : "the server signed another text than we did, so something "
                                               "changed the request on its way; -vvv shows "
                                               "both";
}

}  // namespace

struct Client::Parts {
  ClientOptions options;
  HttpClient& http;
  CredentialsProvider& credentials;
  Clock& clock;
  RandomSource random;
  RetryQuota quota;
  SigningKeyCache keys;

  Result<Signature> Sign(HttpRequest& request, const PayloadHash& payload, const CallContext& context);
  Result<HttpResponse> Attempt(const OperationRequest& operation, const PayloadHash& payload, Body body,
                               const CallContext& context);
};

Client::Client(ClientOptions options, HttpClient& http, CredentialsProvider& credentials, Clock& clock,
               std::function<double()> random)
    : parts_(new Parts{std::move(options), http, credentials, clock, std::move(random), RetryQuota(), {}}) {}

Client::~Client() = default;

UploadIntegrity Client::upload_integrity() const {
  const ClientOptions& options = parts_->options;
  const bool aws = IsAws(options);  // without an endpoint of one's own, that is always TLS
  UploadIntegrity integrity;
  integrity.signed_payload = options.signing == Signing::kSigned && options.payload_signing.value_or(!aws);
  integrity.crc64nvme_header = options.send_checksums.value_or(aws);
  return integrity;
}

// An empty signature where requests are sent without credentials.
Result<Signature> Client::Parts::Sign(HttpRequest& request, const PayloadHash& payload,
                                      const CallContext& context) {
  if (options.signing == Signing::kAnonymous) return Signature{};
  const Result<std::optional<Credentials>> fetched = credentials.Fetch(context);
  if (!fetched) return Failure(fetched.error());
  if (!*fetched) return Failure(ErrorKind::kCredentials, "no credentials found");
  Signature signature =
      SignHeaders(request, **fetched, SigningScope{options.region}, payload, clock.Now(), &keys);
  if (context.observed())
    context.Emit(SignatureComputed{signature.canonical_request, signature.string_to_sign});
  return signature;
}

Result<HttpResponse> Client::Parts::Attempt(const OperationRequest& operation, const PayloadHash& payload,
                                            Body body, const CallContext& context) {
  if (body.source != nullptr) {
    if (Status rewound = body.source->Rewind(); !rewound) return Failure(std::move(rewound.error()));
  }
  HttpRequest request = AddressRequest(options, operation);
  const Result<Signature> signature = Sign(request, payload, context);
  if (!signature) return Failure(signature.error());
  Result<HttpResponse> response = http.Send(request, body, context);
  if (response && !response->ok()) {
    Error error = ServiceError(request, *response);
    if (error.service->code == "SignatureDoesNotMatch") CompareSignatures(error, *signature);
    return Failure(std::move(error));
  }
  if (response && IsErrorDocument(*response)) {
    Error error = ServiceError(request, *response);
    error.retryable = true;
    return Failure(std::move(error));
  }
  return response;
}

Status Client::Run(Plan& plan, const CallContext& context, const Accept& accept) {
  MemorySource document(plan.request.body);
  if (!plan.request.body.empty()) plan.body.source = &document;
  BodySource* const source = plan.body.source;
  // Documents are always signed: they are small, and some stores insist.
  const bool is_signed = source == nullptr || source == &document || upload_integrity().signed_payload;
  const Result<PayloadHash> payload = is_signed ? HashPayload(source, context) : PayloadHash::Unsigned();
  if (!payload) return Failure(payload.error());

  RetrySettings settings;
  settings.max_attempts =
      parts_->options.max_attempts.value_or(plan.transfer ? kTransferAttempts : kControlAttempts);
  const RetryTools tools{settings, parts_->random, parts_->quota, parts_->clock};
  return Retry(tools, context, [&](int) -> Status {
    OperationRequest operation = plan.request;
    if (plan.before_attempt) plan.before_attempt(operation);
    Result<HttpResponse> response = parts_->Attempt(operation, *payload, plan.body, context);
    Status accepted = response ? accept(*response) : Status(Failure(std::move(response.error())));
    if (accepted) return accepted;
    plan.answer_lost = plan.answer_lost || LeavesAnswerOpen(accepted.error());
    // Bytes that changed under way don't fit their hash: the store's complaint of that is not the cause.
    if (source != nullptr) {
      if (Status unchanged = source->CheckUnchanged(); !unchanged) return unchanged;
    }
    return accepted;
  });
}

}  // namespace s3conn
