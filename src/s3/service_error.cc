#include "s3/service_error.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/text.h"
#include "base/xml.h"
#include "s3/xml_response.h"

namespace s3conn {
namespace {

struct CodeMeaning {
  std::string_view code;
  ErrorKind kind;
  bool retryable;
  std::string_view hint;
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
constexpr auto kMeanings = std::to_array<CodeMeaning>({
    {"NoSuchKey", ErrorKind::kNotFound, false,
     "keys are taken byte for byte; list the prefix to see what is there"},
    {"NoSuchBucket", ErrorKind::kNotFound, false,
     "list-buckets shows your buckets; another region or endpoint may hold it"},
    {"NoSuchVersion", ErrorKind::kNotFound, false, ""},
    {"NoSuchUpload", ErrorKind::kNotFound, false, ""},
    {"NotFound", ErrorKind::kNotFound, false,
     "list-buckets shows your buckets, list-objects what is in one; keys are taken byte for byte"},
    {"InvalidRange", ErrorKind::kUsage, false, "head-object shows how long the object is"},
    {"InvalidArgument", ErrorKind::kService, false,
     "the store does not take a value that was sent, or misses one; -vvv shows what was sent"},
    {"InvalidStorageClass", ErrorKind::kUsage, false, "this store has no such storage class"},
    {"InvalidTag", ErrorKind::kUsage, false, "the store does not take this tag"},
    {"MetadataTooLarge", ErrorKind::kUsage, false, "the store takes less metadata"},
    {"Conflict", ErrorKind::kConflict, false, ""},
    {"BucketAlreadyExists", ErrorKind::kConflict, false,
     "someone else has this name: bucket names are shared by all accounts; choose another"},
    {"BucketAlreadyOwnedByYou", ErrorKind::kConflict, false, "the bucket is yours already"},
    {"BucketNotEmpty", ErrorKind::kConflict, false,
     "delete its objects first, or all at once with delete-bucket --force"},
    {"InvalidObjectState", ErrorKind::kConflict, false,
     "an archived object is read after `s3conn restore s3://BUCKET/KEY`, when head-object says that the copy "
     "is "
     "there"},
    {"ObjectNotInActiveTierError", ErrorKind::kConflict, false,
     "the source is archived: `s3conn restore s3://BUCKET/KEY`, and copy it when head-object says that the "
     "copy "
     "is there"},
    {"RestoreAlreadyInProgress", ErrorKind::kConflict, false, "head-object says when the copy is there"},
    {"GlacierExpeditedRetrievalNotAvailable", ErrorKind::kService, true,
     "try again later, or with --tier Standard"},
    {"OperationAborted", ErrorKind::kConflict, true,
     "another change of the same bucket or object is under way"},
    {"ConditionalRequestConflict", ErrorKind::kConflict, true, ""},
    {"PreconditionFailed", ErrorKind::kPrecondition, false,
     "the object is not in the state the request asked for"},
    {"NotModified", ErrorKind::kPrecondition, false,
     "the object has not changed in the way that was asked for"},
    {"SlowDown", ErrorKind::kThrottled, true, "the service asks to slow down; try again later"},
    {"RequestLimitExceeded", ErrorKind::kThrottled, true, ""},
    {"Throttling", ErrorKind::kThrottled, true, ""},
    {"ThrottlingException", ErrorKind::kThrottled, true, ""},
    {"TooManyRequests", ErrorKind::kThrottled, true, ""},
    {"BandwidthLimitExceeded", ErrorKind::kThrottled, true, ""},
    {"InternalError", ErrorKind::kService, true, ""},
    {"NotImplemented", ErrorKind::kService, false,
     "this store does not know the operation, or an option of it"},
    {"ServiceUnavailable", ErrorKind::kService, true, ""},
    {"RequestTimeout", ErrorKind::kTimeout, true, ""},
    {"AccessDenied", ErrorKind::kDenied, false,
     "these credentials may not do this; check the policies of the user and of the bucket"},
    {"AllAccessDisabled", ErrorKind::kDenied, false, ""},
    {"AccountProblem", ErrorKind::kDenied, false, ""},
    {"InvalidAccessKeyId", ErrorKind::kDenied, false,
     "this store does not know the access key; check the key and that the endpoint is the right one"},
    {"SignatureDoesNotMatch", ErrorKind::kDenied, false,
     "the secret key is most likely wrong; -vvv shows what was signed, beside what the server computed if it "
     "tells"},
    {"RequestTimeTooSkewed", ErrorKind::kDenied, false,
     "this machine's clock is off by more than 15 minutes; set it"},
    {"AuthorizationHeaderMalformed", ErrorKind::kConfig, false,
     "set the region that the service expects: --region"},
    {"PermanentRedirect", ErrorKind::kConfig, false, "the bucket is in another region: --region"},
    {"TemporaryRedirect", ErrorKind::kConfig, false, "the bucket is in another region: --region"},
    {"IllegalLocationConstraintException", ErrorKind::kConfig, false,
     "set the region of the endpoint: --region"},
    {"InvalidLocationConstraint", ErrorKind::kConfig, false, "this store has no such region: --region"},
    {"ExpiredToken", ErrorKind::kCredentials, false, "the session has ended; get fresh credentials"},
    {"InvalidToken", ErrorKind::kCredentials, false,
     "the session token does not belong to this key or store"},
    {"BadDigest", ErrorKind::kIntegrity, true, "the bytes changed on their way"},
    {"XAmzContentSHA256Mismatch", ErrorKind::kIntegrity, true, "the bytes changed on their way"},
    {"XAmzContentChecksumMismatch", ErrorKind::kIntegrity, true, "the bytes changed on their way"},
    {"EntityTooLarge", ErrorKind::kUsage, false, "the store takes no object of this size in one request"},
});

const CodeMeaning* FindMeaning(std::string_view code) {
  for (const CodeMeaning& meaning : kMeanings) {
    if (meaning.code == code) return &meaning;
  }
  return nullptr;
}

// The code that stands for a status, for answers without a body of their own (HEAD) or without S3's XML.
std::string_view CodeForStatus(int status) {
  switch (status) {
    case 301:
      return "PermanentRedirect";
    case 307:
      return "TemporaryRedirect";
    case 304:
      return "NotModified";
    case 401:
    case 403:
      return "AccessDenied";
    case 404:
      return "NotFound";
    case 408:
      return "RequestTimeout";
    case 409:
      return "Conflict";
    case 412:
      return "PreconditionFailed";
    case 416:
      return "InvalidRange";
    case 429:
      return "TooManyRequests";
    case 501:
      return "NotImplemented";
    case 500:
    case 502:
    case 504:
      return "InternalError";
    case 503:
      return "ServiceUnavailable";
    default:
      return "";
  }
}

std::string_view StatusPhrase(int status) {
  switch (status) {
    case 301:
      return "the bucket is elsewhere";
    case 307:
      return "the bucket is elsewhere for now";
    case 304:
      return "not modified";
    case 400:
      return "bad request";
    case 401:
    case 403:
      return "access denied";
    case 404:
      return "not found";
    case 405:
      return "the store does not allow this method here";
    case 408:
      return "the service waited too long for the request";
    case 409:
      return "conflict";
    case 412:
      return "precondition failed";
    case 416:
      return "the range lies outside the object";
    case 429:
    case 503:
      return "the service is busy";
    case 501:
      return "the store does not implement this";
    default:
      return status >= 500 ? "the service failed" : "the service refused the request";
  }
}

// Fills `detail` from S3's XML; the message, or nullopt where the body is something else.
std::optional<std::string> ReadErrorDocument(const HttpResponse& response, ServiceDetail& detail) {
  Result<XmlDocument> document = XmlDocument::Parse(response.body);
  if (!document || document->root().name() != "Error") return std::nullopt;
  const XmlElement error = document->root();
  detail.code = error.ChildText("Code");
  if (detail.request_id.empty()) detail.request_id = error.ChildText("RequestId");
  if (detail.host_id.empty()) detail.host_id = error.ChildText("HostId");
  detail.resource = error.ChildText("Resource");
  if (detail.region.empty()) detail.region = error.ChildText("Region");
  detail.canonical_request = error.ChildText("CanonicalRequest");
  detail.string_to_sign = error.ChildText("StringToSign");
  if (!detail.server_time) detail.server_time = ParseRfc3339(error.ChildText("ServerTime"));
  return EscapeForTerminal(Trim(error.ChildText("Message")));
}

ServiceDetail ReadHeaders(const HttpResponse& response) {
  ServiceDetail detail;
  detail.http_status = response.status;
  detail.request_id = response.headers.Get("x-amz-request-id");
  detail.host_id = response.headers.Get("x-amz-id-2");
  detail.region = response.headers.Get("x-amz-bucket-region");
  detail.server_time = ParseHttpDate(response.headers.Get("Date"));
  if (const auto after = ParseUnsigned(response.headers.Get("x-amz-retry-after"));
      after && *after < 3'600'000) {
    detail.retry_after = std::chrono::milliseconds(*after);
  }
  return detail;
}

// Answers to HEAD have no body that could say why. "" where the status says enough.
std::string_view HintOfHead(const HttpRequest& request, int status) {
  const bool of_object = !request.headers.Get("x-amz-checksum-mode").empty();  // HeadObject sends it
  if (status == 400) {
    return of_object ? "a HEAD is told no reason; an object that was stored with --sse-c-key needs its key"
                     : "a HEAD is told no reason; 's3conn list-objects' is";
  }
  if (status != 403) return "";
  return of_object ? "a HEAD is told no reason: the secret key may be wrong, or these credentials may not do "
                     "this; 's3conn cat' says which"
                   : "a HEAD is told no reason: the secret key may be wrong, or these credentials may not do "
                     "this; 's3conn list-objects' says which";
}

}  // namespace

Error ServiceError(const HttpRequest& request, const HttpResponse& response) {
  ServiceDetail detail = ReadHeaders(response);
  const std::optional<std::string> message = ReadErrorDocument(response, detail);
  const bool told = message && !detail.code.empty();
  if (!told) detail.code = CodeForStatus(response.status);

  Error error;
  error.kind = ErrorKind::kService;
  error.retryable = response.status >= 500 && response.status != 501;
  const CodeMeaning* meaning = FindMeaning(detail.code);
  // A code we don't know still has a status we do.
  if (meaning == nullptr) meaning = FindMeaning(CodeForStatus(response.status));
  if (meaning != nullptr) {
    error.kind = meaning->kind;
    error.retryable = meaning->retryable;
    error.hint = meaning->hint;
  }
  if (told) {
    error.message = message->empty() ? std::string(StatusPhrase(response.status)) : *message;
    error.message += fmt::format(" ({})", EscapeForTerminal(detail.code));
  } else if (response.ok()) {
    error.message = fmt::format("the answer to {} is not what S3 sends", request.method);
    error.retryable = true;
  } else {
    error.message = fmt::format("{} (HTTP {})", StatusPhrase(response.status), response.status);
    if (!Trim(response.body).empty()) {
      error.message += fmt::format(": {}", Abbreviate(Trim(response.body), 200));
      error.hint = kNotS3Hint;
    }
  }
  if (request.method == "HEAD" && !told) {
    if (const std::string_view hint = HintOfHead(request, response.status); !hint.empty()) error.hint = hint;
  }
  if (!detail.region.empty() && error.kind == ErrorKind::kConfig) {
    error.hint = fmt::format("the service names the region: --region {}", EscapeForTerminal(detail.region));
  }
  error.service = std::move(detail);
  return error;
}

Error ErrorFromCode(std::string_view code, std::string_view message) {
  Error error;
  if (const CodeMeaning* meaning = FindMeaning(code)) {
    error.kind = meaning->kind;
    error.retryable = meaning->retryable;
    error.hint = meaning->hint;
  }
  const std::string_view said = Trim(message);
  error.message = fmt::format("{} ({})", said.empty() ? "refused" : EscapeForTerminal(said),
                              code.empty() ? "no code" : EscapeForTerminal(code));
  error.service.emplace().code = code;
  return error;
}

}  // namespace s3conn
