#include "local/server.h"

#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include "local/http_session.h"
#include "local/listener.h"
#include "local/random_id.h"

namespace s3conn::local {
namespace {

// Beyond these, connections wait to be accepted.
constexpr std::size_t kMostConnections = 1024;

// Signals are for the threads of the program; and one that writes to a connection which is gone gets an
// error, not SIGPIPE.
void BlockSignals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
}

struct Visitor {
  Descriptor socket;
  SessionState session{};
  bool ended = false;
  std::thread thread{};
};

}  // namespace

struct Server::State {
  State(Descriptor listening, Service& serving, const TlsServer* encryption)
      : listener(std::move(listening)), service(serving), tls(encryption) {}

  void Accept();
  void Admit(Descriptor socket);
  void Talk(Visitor& visitor);
  void JoinEnded();

  Descriptor listener;
  Service& service;
  const TlsServer* tls;
  Complaints complaints{};
  std::string name{};  // of a private one

  std::mutex mutex{};
  std::condition_variable changed{};
  std::list<Visitor> visitors{};
  bool stopping = false;
  std::thread acceptor{};
};

void Server::State::Accept() {
  BlockSignals();
  while (true) {
    {
      std::unique_lock lock(mutex);
      JoinEnded();
      changed.wait(lock, [&] { return stopping || visitors.size() < kMostConnections; });
      if (stopping) return;
    }
    Descriptor socket = AcceptFrom(listener.get());
    if (!socket) return;
    if (!name.empty() && !IsOwnPeer(socket.get())) continue;
    Admit(std::move(socket));
  }
}

void Server::State::Admit(Descriptor socket) {
  const std::lock_guard lock(mutex);
  if (stopping) return;
  visitors.emplace_back();
  Visitor& visitor = visitors.back();
  visitor.socket = std::move(socket);
  visitor.thread = std::thread([this, &visitor] {
    BlockSignals();
    Talk(visitor);
    const std::lock_guard ending(mutex);
    // Closed here and not with the visitor, who is joined later: the client shall see the end at once.
    visitor.socket.Close();
    visitor.ended = true;
    changed.notify_all();
  });
}

void Server::State::Talk(Visitor& visitor) {
  const int socket = visitor.socket.get();
  const std::string peer = PeerOf(socket);
  std::unique_ptr<Connection> connection;
  if (tls == nullptr) {
    connection = MakeSocketConnection(socket);
  } else {
    Result<std::unique_ptr<Connection>> encrypted = tls->Accept(socket);
    if (!encrypted) {
      if (complaints) complaints(peer, encrypted.error());
      return;
    }
    connection = std::move(*encrypted);
  }
  ServeHttp(*connection, service, peer, visitor.session);
}

// With the mutex held; who has ended does not want it any more.
void Server::State::JoinEnded() {
  for (auto visitor = visitors.begin(); visitor != visitors.end();) {
    if (!visitor->ended) {
      ++visitor;
      continue;
    }
    visitor->thread.join();
    visitor = visitors.erase(visitor);
  }
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->acceptor = std::thread([state = state_.get()] { state->Accept(); });
}

Result<std::unique_ptr<Server>> Server::Listen(const ListenOptions& options, Service& service,
                                               Complaints complaints) {
  Result<Descriptor> listener = ListenOnAddress(options.address, options.port);
  if (!listener) return Failure(std::move(listener.error()));
  auto state = std::make_unique<State>(std::move(*listener), service, options.tls);
  state->complaints = std::move(complaints);
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Result<std::unique_ptr<Server>> Server::ListenPrivately(Service& service) {
  const std::string name = "s3conn-" + RandomId();
  Result<Descriptor> listener = ListenOnName(name);
  if (!listener) return Failure(std::move(listener.error()));
  auto state = std::make_unique<State>(std::move(*listener), service, nullptr);
  state->name = name;
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::~Server() {
  Stop(std::chrono::milliseconds(0));
}

std::uint16_t Server::port() const {
  return PortOf(state_->listener.get());
}

const std::string& Server::socket_name() const {
  return state_->name;
}

void Server::Stop(std::chrono::milliseconds grace) {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->stopping) return;
    state_->stopping = true;
    for (Visitor& visitor : state_->visitors) {
      visitor.session.closing = true;
      if (!visitor.session.busy && visitor.socket) shutdown(visitor.socket.get(), SHUT_RDWR);
    }
    state_->changed.notify_all();
  }
  shutdown(state_->listener.get(), SHUT_RDWR);
  state_->acceptor.join();

  std::unique_lock lock(state_->mutex);
  const auto all_ended = [&] {
    return std::all_of(state_->visitors.begin(), state_->visitors.end(),
                       [](const Visitor& visitor) { return visitor.ended; });
  };
  state_->changed.wait_for(lock, grace, all_ended);
  for (const Visitor& visitor : state_->visitors) {
    if (visitor.socket) shutdown(visitor.socket.get(), SHUT_RDWR);
  }
  state_->changed.wait(lock, all_ended);
  state_->JoinEnded();
}

}  // namespace s3conn::local
