#include "s3/corrections.h"

#include "base/partition.h"
#include "s3conn/base/url.h"

namespace s3conn {

std::optional<std::string> Corrections::RegionOf(const std::string& bucket) const {
  const std::lock_guard lock(mutex_);
  const auto found = regions_.find(bucket);
  if (found == regions_.end()) return std::nullopt;
  return found->second;
}

void Corrections::LearnRegion(const std::string& bucket, const std::string& region) {
  const std::lock_guard lock(mutex_);
  regions_[bucket] = region;
}

std::chrono::milliseconds Corrections::clock_offset() const {
  const std::lock_guard lock(mutex_);
  return clock_offset_;
}

void Corrections::LearnClockOffset(std::chrono::milliseconds offset) {
  const std::lock_guard lock(mutex_);
  clock_offset_ = offset;
}

bool IsWrongRegion(const Error& error) {
  if (!error.service) return false;
  const ServiceDetail& service = *error.service;
  if (service.http_status == 301 || service.http_status == 307) return true;
  // A HEAD is answered without a document: its 400 has nothing but the header that names the region.
  const bool bare = service.http_status == 400 && service.code.empty() && !service.region.empty();
  return bare || service.code == "AuthorizationHeaderMalformed";
}

bool MayFollow(const std::string& named, const std::string& used, bool aws) {
  return named != used && IsHostLabel(named) && (!aws || PartitionOf(named).id == PartitionOf(used).id);
}

std::optional<std::chrono::milliseconds> SkewOf(const Error& error, Timestamp now) {
  constexpr std::chrono::minutes kTolerated{15};
  if (!error.service || !error.service->server_time) return std::nullopt;
  const auto skew = *error.service->server_time - now;
  const bool off = skew > kTolerated || skew < -kTolerated;
  // The answer to a HEAD has a status, but no code.
  const bool bare = error.service->http_status == 403 && error.service->code == "AccessDenied" && off;
  if (error.service->code != "RequestTimeTooSkewed" && !bare) return std::nullopt;
  return skew;
}

}  // namespace s3conn
