#ifndef S3CONN_HTTP_RETRY_H_
#define S3CONN_HTTP_RETRY_H_

#include <type_traits>
#include <utility>

#include "http/retry_policy.h"
#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/time.h"

namespace s3conn {

// What retries need. The quota and the clock outlive every call; all of it is safe from many threads.
struct RetryTools {
  RetrySettings settings;
  RandomSource random;
  RetryQuota& quota;
  Clock& clock;
};

// One call's retries, step by step; Retry() below is the loop around it.
class RetrySession {
 public:
  RetrySession(const RetryTools& tools, const CallContext& context) : tools_(tools), context_(context) {}

  int attempt() const { return attempt_; }  // the current one, from 1
  void Succeeded();
  // Waits until the next attempt may begin; or the call's final error, with the number of attempts.
  Status Failed(Error error);

 private:
  Error Final(Error error) const;

  const RetryTools& tools_;
  const CallContext& context_;
  int attempt_ = 1;
  int last_cost_ = 1;  // what a success gives back
};

// The one loop. `attempt` is called with the attempt's number, from 1, and returns a Result; it rewinds what
// it sends and signs anew. Stops at a success, an error that trying again won't mend, the last attempt, an
// empty quota, or where the next attempt would come after the context's deadline. kCancelled when a wait is
// cut short.
template <typename Attempt>
std::invoke_result_t<Attempt&, int> Retry(const RetryTools& tools, const CallContext& context,
                                          Attempt&& attempt) {
  RetrySession session(tools, context);
  while (true) {
    auto result = attempt(session.attempt());
    if (result) {
      session.Succeeded();
      return result;
    }
    Status again = session.Failed(std::move(result.error()));
    if (!again) return Failure(std::move(again.error()));
  }
}

}  // namespace s3conn

#endif  // S3CONN_HTTP_RETRY_H_
