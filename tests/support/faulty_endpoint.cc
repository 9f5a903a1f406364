#include "support/faulty_endpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <utility>

#include "local/authorization.h"
#include "local/call.h"
#include "local/s3_service.h"
#include "local/server.h"
#include "local/store.h"
#include "s3conn/base/secret.h"
#include "s3conn/base/time.h"
#include "support/response_body.h"
#include "support/temporary_folder.h"

namespace s3conn {
namespace {

using local::Request;
using local::Response;
using CarryOutFunction = std::function<std::optional<Response>()>;

Response ErrorResponse(int status, std::string_view code) {
  Response response;
  response.status = status;
  response.headers.Add("Content-Type", "application/xml");
  response.headers.Add("x-amz-request-id", "FAULT");
  response.body = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{0}</Code><Message>the script says "
      "{0}</Message>"
      "<RequestId>FAULT</RequestId></Error>",
      code);
  return response;
}

// Says that it has `size` bytes, and fails when those it has are out.
class BrokenContent final : public local::Content {
 public:
  BrokenContent(std::string bytes, std::uint64_t size) : bytes_(std::move(bytes)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<std::optional<local::Stretch>> Next() override {
    if (given_) return Failure(ErrorKind::kLocalIo, "the script cuts the answer here");
    given_ = true;
    return local::Stretch{.bytes = bytes_};
  }

 private:
  std::string bytes_;
  std::uint64_t size_;
  bool given_ = false;
};

// The answer with other bytes, if there is one.
Behaviour ChangeBytes(std::function<void(std::string&)> change) {
  return [change = std::move(change)](const Request&, const CarryOutFunction& carry_out) {
    std::optional<Response> response = carry_out();
    if (response) {
      response->body = ReadBody(*response);
      response->content.reset();
      change(response->body);
    }
    return response;
  };
}

}  // namespace

Behaviour CarryOut() {
  return [](const Request&, const CarryOutFunction& carry_out) { return carry_out(); };
}

Behaviour FailWith(int status, std::string code) {
  return [status, code = std::move(code)](const Request&, const CarryOutFunction&) {
    return std::optional(ErrorResponse(status, code));
  };
}

Behaviour SlowDown() {
  return FailWith(503, "SlowDown");
}

Behaviour RedirectTo(int status, std::string region) {
  return [status, region = std::move(region)](const Request&, const CarryOutFunction&) {
    Response response = ErrorResponse(status, status == 301 ? "PermanentRedirect" : "TemporaryRedirect");
    response.headers.Add("x-amz-bucket-region", region);
    return std::optional(std::move(response));
  };
}

Behaviour CloseBefore() {
  return [](const Request&, const CarryOutFunction&) { return std::optional<Response>(); };
}

Behaviour AnswerRaw(int status, Headers headers, std::string body) {
  return [=](const Request&, const CarryOutFunction&) {
    return std::optional(Response{.status = status, .headers = headers, .body = body});
  };
}

Behaviour CloseAfter() {
  return [](const Request&, const CarryOutFunction& carry_out) {
    static_cast<void>(carry_out());
    return std::optional<Response>();
  };
}

Behaviour FailAfter(int status, std::string code) {
  return [status, code = std::move(code)](const Request&, const CarryOutFunction& carry_out) {
    static_cast<void>(carry_out());
    return std::optional(ErrorResponse(status, code));
  };
}

Behaviour ErrorInside(std::string code) {
  return FailAfter(200, std::move(code));
}

Behaviour CutAfter(std::uint64_t bytes) {
  return [bytes](const Request&, const CarryOutFunction& carry_out) {
    std::optional<Response> response = carry_out();
    if (response) {
      std::string whole = ReadBody(*response);
      const std::uint64_t size = whole.size();
      whole.resize(std::min(bytes, size));
      response->body.clear();
      response->content = std::make_unique<BrokenContent>(std::move(whole), size);
    }
    return response;
  };
}

Behaviour Truncate(std::uint64_t bytes) {
  return ChangeBytes(
      [bytes](std::string& body) { body.resize(std::min<std::uint64_t>(bytes, body.size())); });
}

Behaviour Corrupt(std::uint64_t offset) {
  return ChangeBytes([offset](std::string& body) {
    if (offset < body.size()) body[offset] = static_cast<char>(body[offset] ^ 1);
  });
}

Behaviour SetHeader(std::string name, std::string value) {
  return [=](const Request&, const CarryOutFunction& carry_out) {
    std::optional<Response> response = carry_out();
    if (response) response->headers.Set(name, value);
    return response;
  };
}

Behaviour ReplaceInBody(std::string what, std::string with) {
  return ChangeBytes([=](std::string& body) {
    const std::size_t found = body.find(what);
    if (found != std::string::npos) body.replace(found, what.size(), with);
  });
}

Behaviour RepeatToken() {
  return AnswerRaw(
      200, {{"Content-Type", "application/xml"}},
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult><IsTruncated>true</IsTruncated>"
      "<NextContinuationToken>again</NextContinuationToken></ListBucketResult>");
}

Behaviour HoldUntil(std::function<void()> wait, Behaviour next) {
  return [=](const Request& request, const CarryOutFunction& carry_out) {
    wait();
    return next(request, carry_out);
  };
}

namespace {

class ShiftedClock final : public Clock {
 public:
  explicit ShiftedClock(std::chrono::milliseconds ahead) : ahead_(ahead) {}
  Timestamp Now() const override { return system_.Now() + ahead_; }
  std::chrono::steady_clock::time_point SteadyNow() const override { return system_.SteadyNow(); }
  bool Sleep(std::chrono::milliseconds duration, std::stop_token stop) override {
    return system_.Sleep(duration, std::move(stop));
  }

 private:
  SystemClock system_;
  std::chrono::milliseconds ahead_;
};

// Between the server and the real service.
class FaultyService final : public local::Service {
 public:
  explicit FaultyService(local::Service& real) : real_(real) {}

  std::optional<Response> Serve(const Request& request, local::ByteStream& body) override {
    const std::string operation = NameOf(request);
    const Behaviour behaviour = BehaviourFor(operation);
    std::optional<Response> response = behaviour(request, [&] { return real_.Serve(request, body); });
    const std::lock_guard lock(mutex_);
    log_.push_back(
        {operation, request.method, request.target, request.headers, response ? response->status : 0});
    return response;
  }

  void Add(Fault fault) {
    const std::lock_guard lock(mutex_);
    faults_.push_back({std::move(fault), 0});
  }
  void Clear() {
    const std::lock_guard lock(mutex_);
    faults_.clear();
  }
  std::vector<LoggedRequest> log() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }

 private:
  struct CountedFault {
    Fault fault;
    int seen;
  };

  static std::string NameOf(const Request& request) {
    const local::Answer<local::Resource> resource = local::ParseResource(request);
    if (!resource) return {};
    const local::Answer<local::Operation> operation = local::FindOperation(request, *resource);
    return operation ? std::string(operation->name) : std::string();
  }

  Behaviour BehaviourFor(std::string_view operation) {
    const std::lock_guard lock(mutex_);
    Behaviour chosen;
    for (CountedFault& counted : faults_) {
      if (!counted.fault.operation.empty() && counted.fault.operation != operation) continue;
      const int number = ++counted.seen;
      const bool due = number >= counted.fault.first && number < counted.fault.first + counted.fault.times;
      if (due && !chosen) chosen = counted.fault.behaviour;
    }
    return chosen ? chosen : CarryOut();
  }

  local::Service& real_;
  mutable std::mutex mutex_;
  std::vector<CountedFault> faults_;
  std::vector<LoggedRequest> log_;
};

template <typename T>
T OrAbort(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "the endpoint for the test does not start: {}\n", result.error().message);
  std::abort();
}

constexpr std::string_view kAccessKey = "AKIDFAULTYENDPOINT";
constexpr std::string_view kSecretKey = "not/so+secret=";

}  // namespace

struct FaultyEndpoint::State {
  explicit State(std::chrono::milliseconds skew)
      : clock(skew),
        store(OrAbort(local::Store::Open(folder.path(), clock))),
        authorizer({{std::string(kAccessKey), Secret(std::string(kSecretKey))}}, clock),
        service(*store, authorizer, clock, local::S3Service::Access::kReadWrite),
        faulty(service),
        server(OrAbort(local::Server::Listen({}, faulty))) {}

  TemporaryFolder folder;
  ShiftedClock clock;
  std::unique_ptr<local::Store> store;
  local::Authorizer authorizer;
  local::S3Service service;
  FaultyService faulty;
  std::unique_ptr<local::Server> server;
};

FaultyEndpoint::FaultyEndpoint(std::chrono::milliseconds skew) : state_(std::make_unique<State>(skew)) {}

FaultyEndpoint::~FaultyEndpoint() = default;

std::string FaultyEndpoint::url() const {
  return fmt::format("http://127.0.0.1:{}", state_->server->port());
}

std::string FaultyEndpoint::access_key() const {
  return std::string(kAccessKey);
}

std::string FaultyEndpoint::secret_key() const {
  return std::string(kSecretKey);
}

void FaultyEndpoint::Add(Fault fault) {
  state_->faulty.Add(std::move(fault));
}

void FaultyEndpoint::ClearFaults() {
  state_->faulty.Clear();
}

std::vector<LoggedRequest> FaultyEndpoint::requests() const {
  return state_->faulty.log();
}

std::size_t FaultyEndpoint::Count(std::string_view operation) const {
  const std::vector<LoggedRequest> all = requests();
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](const LoggedRequest& request) { return request.operation == operation; }));
}

}  // namespace s3conn
