#ifndef S3CONN_S3_CORRECTIONS_H_
#define S3CONN_S3_CORRECTIONS_H_

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "s3conn/base/error.h"
#include "s3conn/base/time.h"

namespace s3conn {

// What services have told a client that its settings don't know: the regions of buckets, and how far the
// clock here is off. Requests that come later begin with that. Safe from many threads.
class Corrections {
 public:
  std::optional<std::string> RegionOf(const std::string& bucket) const;
  void LearnRegion(const std::string& bucket, const std::string& region);

  // What to add to the time of this machine.
  std::chrono::milliseconds clock_offset() const;
  void LearnClockOffset(std::chrono::milliseconds offset);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> regions_;
  std::chrono::milliseconds clock_offset_{};
};

// Whether the service refused a request for being at, or signed for, the wrong region.
bool IsWrongRegion(const Error& error);

// Whether a request that went to region `used` may go to the one that a service named: a host label (the text
// becomes part of a host name), another one than was used, and on AWS of the same partition (other keys,
// other laws).
bool MayFollow(const std::string& named, const std::string& used, bool aws);

// The service's time less ours, where a request was refused for that; `now` is the time it was signed with.
std::optional<std::chrono::milliseconds> SkewOf(const Error& error, Timestamp now);

}  // namespace s3conn

#endif  // S3CONN_S3_CORRECTIONS_H_
