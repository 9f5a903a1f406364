#include "local/s3_service.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/xml.h"
#include "local/object_request.h"
#include "local/random_id.h"
#include "local/xml_writer.h"

namespace s3conn::local {
namespace {

// Every answer comes from the same host.
constexpr std::string_view kHostId = "s3conn";

// What came with the request may be anything; what a document can't carry is shown in its escapes.
std::string Printable(const std::string& text) {
  return IsXmlText(text) ? text : PercentEncode(text, Slash::kKeep);
}

std::string_view MessageOf(const Refusal& refusal) {
  return refusal.message.empty() ? CodeText(refusal.code) : std::string_view(refusal.message);
}

std::string ErrorDocument(const Refusal& refusal, const Request& request, const std::string& request_id) {
  XmlWriter xml("Error", XmlWriter::Namespace::kNone);
  xml.Text("Code", CodeName(refusal.code));
  xml.Text("Message", Printable(std::string(MessageOf(refusal))));
  for (const auto& [name, value] : refusal.details) xml.Text(name, Printable(value));
  xml.Text("Resource", Printable(request.target.substr(0, request.target.find('?'))));
  xml.Text("RequestId", request_id);
  xml.Text("HostId", kHostId);
  return xml.Finish();
}

Response RefusalResponse(const Refusal& refusal, const Request& request, const std::string& request_id) {
  Response response{.status = CodeStatus(refusal.code), .headers = refusal.headers};
  if (response.status == 304) return response;
  response.headers.Set("Content-Type", "application/xml");
  if (request.method != "HEAD") response.body = ErrorDocument(refusal, request, request_id);
  return response;
}

// "D8F2A1…", 16 digits: the form of S3's.
std::string MakeRequestId() {
  constexpr std::size_t kLength = 16;
  std::string id = RandomId().substr(0, kLength);
  std::transform(id.begin(), id.end(), id.begin(),
                 [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
  return id;
}

}  // namespace

S3Service::S3Service(Store& store, const Authorizer& authorizer, const Clock& clock, Access access, Log log)
    : store_(store), authorizer_(authorizer), clock_(clock), access_(access), log_(std::move(log)) {}

std::optional<Response> S3Service::Serve(const Request& request, ByteStream& body) {
  std::string_view operation;
  Answer<Response> answer = Carry(request, body, operation);
  const std::string request_id = MakeRequestId();
  if (log_) Report(request, operation, answer);
  Response response = answer ? std::move(*answer) : RefusalResponse(answer.error(), request, request_id);
  response.headers.Set("Date", FormatHttpDate(clock_.Now()));
  response.headers.Set("x-amz-request-id", request_id);
  response.headers.Set("x-amz-id-2", std::string(kHostId));
  return response;
}

Answer<Response> S3Service::Carry(const Request& request, ByteStream& body, std::string_view& operation) {
  const Answer<Resource> resource = ParseResource(request);
  if (!resource) return Refuse(resource.error());
  const Answer<Authorization> authorization = authorizer_.Verify(request);
  if (!authorization) return Refuse(authorization.error());
  const Answer<Operation> found = FindOperation(request, *resource);
  if (!found) return Refuse(found.error());
  operation = found->name;
  if (found->writes && access_ == Access::kReadOnly) {
    return Refuse(Code::kAccessDenied, "Access Denied: this endpoint is read-only");
  }
  const Call call{request, *resource, authorization->payload, body, store_, clock_};
  if (const Answer<void> supported = RefuseUnsupportedHeaders(call); !supported) {
    return Refuse(supported.error());
  }
  Answer<Response> response = found->handler(call);
  const bool pays = call.header("x-amz-request-payer") == "requester";
  if (response && pays) response->headers.Add("x-amz-request-charged", "requester");
  return response;
}

void S3Service::Report(const Request& request, std::string_view operation, const Answer<Response>& answer) {
  if (answer) {
    log_({operation, request, answer->status, {}, {}});
    return;
  }
  const Refusal& refusal = answer.error();
  const std::string_view message = refusal.cause.empty() ? MessageOf(refusal) : refusal.cause;
  log_({operation, request, CodeStatus(refusal.code), CodeName(refusal.code), message});
}

}  // namespace s3conn::local
