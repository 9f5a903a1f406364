#ifndef S3CONN_LOCAL_S3_SERVICE_H_
#define S3CONN_LOCAL_S3_SERVICE_H_

#include <functional>
#include <string>
#include <string_view>

#include "local/authorization.h"
#include "local/call.h"
#include "local/exchange.h"
#include "local/store.h"
#include "s3conn/base/time.h"

namespace s3conn::local {

// The operation that a request is, by method, resource and headers. kNotImplemented for what S3 has and this
// endpoint has not (a sub-resource such as ?acl, POST uploads), kMethodNotAllowed for what S3 has not either,
// kInvalidRequest for a sub-resource of buckets on an object and the other way about, kInvalidArgument for
// two at once. Parameters that name no sub-resource say nothing of the operation.
struct Operation {
  std::string_view name;  // "PutObject"
  Handler handler;
  bool writes;
};
Answer<Operation> FindOperation(const Request& request, const Resource& resource);

// For the log, after an answer was made.
struct Served {
  std::string_view operation;  // "" where it was refused before that was known
  const Request& request;
  int status;
  std::string_view code;     // of an error
  std::string_view message;  // of an error, for whoever runs the server; holds no secret
};

// S3 over a store: resource, signature, operation, answer. Refusals become <Error> documents with Code,
// Message, the details, Resource, RequestId, HostId (none for HEAD and 304); every answer has
// x-amz-request-id and x-amz-id-2.
class S3Service final : public Service {
 public:
  enum class Access { kReadWrite, kReadOnly };  // kReadOnly: writes are kAccessDenied
  using Log = std::function<void(const Served&)>;
  // All outlive the service.
  S3Service(Store& store, const Authorizer& authorizer, const Clock& clock, Access access, Log log = {});

  std::optional<Response> Serve(const Request& request, ByteStream& body) override;

 private:
  Answer<Response> Carry(const Request& request, ByteStream& body, std::string_view& operation);
  void Report(const Request& request, std::string_view operation, const Answer<Response>& answer);

  Store& store_;
  const Authorizer& authorizer_;
  const Clock& clock_;
  Access access_;
  Log log_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_S3_SERVICE_H_
