#include "local/private_endpoint.h"

#include <utility>

#include "local/random_id.h"
#include "local/s3_service.h"
#include "local/server.h"
#include "local/store.h"

namespace s3conn::local {

struct PrivateEndpoint::State {
  State(std::unique_ptr<Store> opened, KeyPair made, const Clock& clock, Complaints complaints)
      : store(std::move(opened)),
        keys(std::move(made)),
        authorizer({keys}, clock),
        service(*store, authorizer, clock, S3Service::Access::kReadWrite,
                [complain = std::move(complaints)](const Served& served) {
                  if (served.status == 500 && complain) complain(served.message);
                }) {}

  std::unique_ptr<Store> store;
  KeyPair keys;
  Authorizer authorizer;
  S3Service service;
  std::unique_ptr<Server> server{};  // last: it uses all of the above
};

Result<std::unique_ptr<PrivateEndpoint>> PrivateEndpoint::Start(const std::string& folder, const Clock& clock,
                                                                Complaints complaints) {
  Result<std::unique_ptr<Store>> store = Store::Open(folder, clock);
  if (!store) return Failure(std::move(store.error()));
  auto state = std::make_unique<State>(std::move(*store), MakeKeyPair(), clock, std::move(complaints));
  Result<std::unique_ptr<Server>> server = Server::ListenPrivately(state->service);
  if (!server) return Failure(std::move(server.error()));
  state->server = std::move(*server);
  return std::unique_ptr<PrivateEndpoint>(new PrivateEndpoint(std::move(state)));
}

PrivateEndpoint::PrivateEndpoint(std::unique_ptr<State> state) : state_(std::move(state)) {}

PrivateEndpoint::~PrivateEndpoint() = default;

const std::string& PrivateEndpoint::socket_name() const {
  return state_->server->socket_name();
}

const KeyPair& PrivateEndpoint::keys() const {
  return state_->keys;
}

}  // namespace s3conn::local
