#include "s3conn/s3/client.h"

#include <fmt/format.h>

#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/read_blocks.h"
#include "base/text.h"
#include "http/retry.h"
#include "s3/access_point.h"
#include "s3/corrections.h"
#include "s3/endpoint.h"
#include "s3/service_error.h"
#include "s3conn/base/url.h"
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
  return exchange_failed || (status >= 500 && status != 501) || (status >= 200 && status < 300);
}

// S3 may begin a 200 and fail afterwards: its body then is an error document. White space that kept the
// connection alive stands before it, on either side of the XML declaration. Results may hold <Error>s too.
bool IsErrorDocument(const HttpResponse& response) {
  std::string_view text = Trim(response.body);
  const std::size_t declared = text.starts_with("<?xml") ? text.find("?>") : std::string_view::npos;
  if (declared != std::string_view::npos) text = Trim(text.substr(declared + 2));
  return text.starts_with("<Error>") || text.starts_with("<Error ");
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

// The key of SSE-C travels in a header, and opens the object for whoever reads it: without TLS it stays on
// this machine.
Status KeepKeySafe(HttpRequest& request) {
  if (request.origin.scheme == Scheme::kHttps) return {};
  const bool has_key = std::any_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
    return AsciiLower(header.name).ends_with("-customer-key");
  });
  if (!has_key) return {};
  request.direct = true;
  if (IsLoopback(request.origin.host)) return {};
  return Failure(ErrorKind::kUsage, "the encryption key would be sent without TLS, for all to read",
                 "use an endpoint that begins with https://");
}

// What one call sends, attempt after attempt.
struct Shipment {
  const OperationRequest& operation;
  const PayloadHash& payload;
  Body body;
  const CallContext& context;
};

// What one exchange is addressed and signed by. Another thread may learn more before its answer is in.
struct Bearings {
  std::string region;
  std::chrono::milliseconds clock_offset;
};

}  // namespace

struct Client::Parts {
  ClientOptions options;
  HttpClient& http;
  CredentialsProvider& credentials;
  Clock& clock;
  RandomSource random;
  RetryQuota quota;
  SigningKeyCache keys;
  Corrections corrections{};

  // The settings as far as nothing better is known.
  Bearings BearingsFor(const std::string& bucket) const;
  // Where it is said who pays: whoever opens a presigned URL sends no header of ours.
  enum class Payer { kInHeader, kInQuery };
  Result<AddressedRequest> Address(const OperationRequest& operation, const Bearings& bearings,
                                   Payer payer = Payer::kInHeader) const;
  Timestamp Now(const Bearings& bearings) const { return clock.Now() + bearings.clock_offset; }
  Result<Credentials> FetchCredentials(const CallContext& context);
  Result<Signature> Sign(AddressedRequest& addressed, const Shipment& shipment, const Bearings& bearings);
  Result<HttpResponse> Exchange(const Shipment& shipment, const Bearings& bearings);
  // An attempt, repeated at once where the service says how it can be sent right.
  Result<HttpResponse> Attempt(const Shipment& shipment);
  // Whether a request that failed with those bearings is worth sending with the ones that are known now.
  bool CorrectRegion(const Error& error, const Shipment& shipment, const Bearings& used);
  bool CorrectClock(const Error& error, const CallContext& context, const Bearings& used);
  bool MayHideRegion(const Error& error, const OperationRequest& operation) const;
  std::string AskForRegion(const Shipment& shipment, const Bearings& bearings);
  Error MindAddressing(Error error, const HttpRequest& request) const;
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

bool Client::is_aws() const {
  return IsAws(parts_->options);
}

Bearings Client::Parts::BearingsFor(const std::string& bucket) const {
  return {corrections.RegionOf(bucket).value_or(options.region), corrections.clock_offset()};
}

Result<AddressedRequest> Client::Parts::Address(const OperationRequest& operation, const Bearings& bearings,
                                                Payer payer) const {
  ClientOptions corrected = options;
  corrected.region = bearings.region;
  Result<AddressedRequest> addressed = AddressRequest(corrected, operation);
  if (!addressed || !options.request_payer || operation.bucket.empty()) return addressed;
  if (payer == Payer::kInQuery) {
    addressed->request.query.push_back({"x-amz-request-payer", "requester"});
  } else {
    addressed->request.headers.Add("x-amz-request-payer", "requester");
  }
  return addressed;
}

Result<Credentials> Client::Parts::FetchCredentials(const CallContext& context) {
  Result<std::optional<Credentials>> fetched = credentials.Fetch(context);
  if (!fetched) return Failure(std::move(fetched.error()));
  if (!*fetched) return Failure(ErrorKind::kCredentials, "no credentials found");
  return std::move(**fetched);
}

// An empty signature where requests are sent without credentials.
Result<Signature> Client::Parts::Sign(AddressedRequest& addressed, const Shipment& shipment,
                                      const Bearings& bearings) {
  if (options.signing == Signing::kAnonymous) return Signature{};
  const Result<Credentials> signer = FetchCredentials(shipment.context);
  if (!signer) return Failure(signer.error());
  Signature signature =
      SignHeaders(addressed.request, *signer, addressed.scope, shipment.payload, Now(bearings), &keys);
  if (shipment.context.observed()) {
    shipment.context.Emit(SignatureComputed{signature.canonical_request, signature.string_to_sign});
  }
  return signature;
}

Result<HttpResponse> Client::Parts::Exchange(const Shipment& shipment, const Bearings& bearings) {
  BodySource* const source = shipment.body.source;
  if (source != nullptr) {
    if (Status rewound = source->Rewind(); !rewound) return Failure(std::move(rewound.error()));
  }
  Result<AddressedRequest> addressed = Address(shipment.operation, bearings);
  if (!addressed) return Failure(std::move(addressed.error()));
  if (Status safe = KeepKeySafe(addressed->request); !safe) return Failure(std::move(safe.error()));
  const HttpRequest& request = addressed->request;
  const Result<Signature> signature = Sign(*addressed, shipment, bearings);
  if (!signature) return Failure(signature.error());
  Result<HttpResponse> response = http.Send(request, shipment.body, shipment.context);
  if (response && !response->ok()) {
    Error error = ServiceError(request, *response);
    if (error.service->code == "SignatureDoesNotMatch") CompareSignatures(error, *signature);
    return Failure(std::move(error));
  }
  if (!response) return Failure(MindAddressing(std::move(response.error()), request));
  if (IsErrorDocument(*response)) {
    Error error = ServiceError(request, *response);
    error.retryable = true;
    return Failure(std::move(error));
  }
  return response;
}

// Few stores of one's own have names and certificates for the hosts that buckets would be.
Error Client::Parts::MindAddressing(Error error, const HttpRequest& request) const {
  const bool own_host = options.endpoint && request.origin.host != options.endpoint->origin.host;
  if (own_host && error.kind == ErrorKind::kNetwork) {
    error.hint =
        fmt::format("the bucket was put in front of the host: --addressing path puts it into the path{}{}",
                    error.hint.empty() ? "" : "; ", error.hint);
  }
  return error;
}

Result<HttpResponse> Client::Parts::Attempt(const Shipment& shipment) {
  bool region_corrected = false;
  bool clock_corrected = false;
  while (true) {
    const Bearings bearings = BearingsFor(shipment.operation.bucket);
    Result<HttpResponse> response = Exchange(shipment, bearings);
    if (response) return response;
    if (!region_corrected && CorrectRegion(response.error(), shipment, bearings)) {
      region_corrected = true;
    } else if (!clock_corrected && CorrectClock(response.error(), shipment.context, bearings)) {
      clock_corrected = true;
    } else {
      return response;
    }
  }
}

bool Client::Parts::CorrectRegion(const Error& error, const Shipment& shipment, const Bearings& used) {
  const std::string& bucket = shipment.operation.bucket;
  if (IsArn(bucket)) return false;  // names its region itself
  if (!IsWrongRegion(error) && !MayHideRegion(error, shipment.operation)) return false;
  std::string named = error.service->region;
  if (named.empty()) named = AskForRegion(shipment, used);
  if (!MayFollow(named, used.region, IsAws(options))) return false;
  if (BearingsFor(bucket).region == named) return true;
  corrections.LearnRegion(bucket, named);
  shipment.context.Emit(RegionCorrected{bucket, used.region, named});
  return true;
}

// Another store than AWS may refuse a signature for another region, but names its own in a document only,
// which the answer to a HEAD does not have.
bool Client::Parts::MayHideRegion(const Error& error, const OperationRequest& operation) const {
  if (IsAws(options) || options.signing == Signing::kAnonymous || operation.method != "HEAD") return false;
  return error.service && error.service->http_status == 400;
}

// AWS answers HeadBucket with a header that names the region, whatever the status is.
std::string Client::Parts::AskForRegion(const Shipment& shipment, const Bearings& bearings) {
  if (shipment.operation.bucket.empty()) return "";
  OperationRequest question;
  question.bucket = shipment.operation.bucket;
  if (IsAws(options)) {
    question.method = "HEAD";
  } else {
    question.query.push_back({"location", ""});
  }
  const PayloadHash nothing = PayloadHash::Of("");
  const Shipment asking{question, nothing, Body{}, shipment.context};
  Result<AddressedRequest> addressed = Address(question, bearings);
  if (!addressed || !Sign(*addressed, asking, bearings)) return "";
  const Result<HttpResponse> answer = http.Send(addressed->request, Body{}, shipment.context);
  if (!answer) return "";
  if (answer->ok()) return std::string(answer->headers.Get("x-amz-bucket-region"));
  return ServiceError(addressed->request, *answer).service->region;
}

bool Client::Parts::CorrectClock(const Error& error, const CallContext& context, const Bearings& used) {
  if (options.signing == Signing::kAnonymous) return false;
  const auto skew = SkewOf(error, Now(used));
  if (!skew) return false;
  if (corrections.clock_offset() != used.clock_offset) return true;
  corrections.LearnClockOffset(used.clock_offset + *skew);
  const auto minutes = std::chrono::round<std::chrono::minutes>(*skew).count();
  context.Emit(Warning{
      fmt::format("this machine's clock is {} minutes {} the store's; the request is signed again by the "
                  "store's time. Set the clock",
                  std::abs(minutes), minutes > 0 ? "behind" : "ahead of")});
  return true;
}

Result<PresignedRequest> Client::Presign(const OperationRequest& operation, std::chrono::seconds valid_for,
                                         const CallContext& context) {
  if (parts_->options.signing == Signing::kAnonymous) {
    return Failure(ErrorKind::kUsage, "a URL can't be presigned without credentials",
                   "anonymous requests need no signature: where they are allowed, the plain URL will do");
  }
  const Result<Credentials> signer = parts_->FetchCredentials(context);
  if (!signer) return Failure(signer.error());
  const Bearings bearings = parts_->BearingsFor(operation.bucket);
  const Result<AddressedRequest> addressed = parts_->Address(operation, bearings, Parts::Payer::kInQuery);
  if (!addressed) return Failure(addressed.error());
  const HttpRequest& request = addressed->request;
  // The signature's date has no fraction of a second, and the time it is valid begins there.
  const Timestamp now = std::chrono::floor<std::chrono::seconds>(parts_->Now(bearings));
  Result<PresignedUrl> presigned = s3conn::Presign(request, *signer, addressed->scope, valid_for, now);
  if (!presigned) return Failure(std::move(presigned.error()));
  return PresignedRequest{std::move(presigned->url), request.headers, now + valid_for, signer->expiration,
                          !signer->session_token.empty()};
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
    Result<HttpResponse> response = parts_->Attempt({operation, *payload, plan.body, context});
    Status accepted = response ? accept(*response) : Status(Failure(std::move(response.error())));
    if (accepted) return accepted;
    // A success that can't be read, cut short on its way say, is one all the same.
    plan.answer_lost = plan.answer_lost || response || LeavesAnswerOpen(accepted.error());
    // Bytes that changed under way don't fit their hash: the store's complaint of that is not the cause.
    if (source != nullptr) {
      if (Status unchanged = source->CheckUnchanged(); !unchanged) return unchanged;
    }
    return accepted;
  });
}

}  // namespace s3conn
