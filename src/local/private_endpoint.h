#ifndef S3CONN_LOCAL_PRIVATE_ENDPOINT_H_
#define S3CONN_LOCAL_PRIVATE_ENDPOINT_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "local/authorization.h"
#include "s3conn/base/error.h"
#include "s3conn/base/time.h"

namespace s3conn::local {

// `local:PATH`: the endpoint on a folder, within this process and for it alone, spoken to over a unix socket
// with keys that are made up anew each time. Ends when it goes.
class PrivateEndpoint {
 public:
  // Told what failed on this machine behind an InternalError: a full disk. From any thread.
  using Complaints = std::function<void(std::string_view what)>;
  static Result<std::unique_ptr<PrivateEndpoint>> Start(const std::string& folder, const Clock& clock,
                                                        Complaints complaints = {});
  ~PrivateEndpoint();

  const std::string& socket_name() const;  // abstract, without the leading NUL
  const KeyPair& keys() const;

 private:
  struct State;
  explicit PrivateEndpoint(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_PRIVATE_ENDPOINT_H_
