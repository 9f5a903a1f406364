#include "sign/signing_key.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"

namespace s3conn {
namespace {

constexpr std::size_t kMaxEntries = 8;

}  // namespace

Secret DeriveSigningKey(const Secret& secret_access_key, std::string_view day, const SigningScope& scope) {
  std::string seed;
  seed.reserve(4 + secret_access_key.Expose().size());  // grown, it would leave an unwiped copy behind
  seed.append("AWS4").append(secret_access_key.Expose());
  const Secret first_key(std::move(seed));
  const Sha256Digest date_key = HmacSha256(first_key.Expose(), day);
  const Sha256Digest region_key = HmacSha256(AsBytes(date_key), scope.region);
  const Sha256Digest service_key = HmacSha256(AsBytes(region_key), scope.service);
  return Secret(std::string(AsBytes(HmacSha256(AsBytes(service_key), "aws4_request"))));
}

const SigningKeyCache::Entry* SigningKeyCache::Find(const Credentials& credentials, std::string_view day,
                                                    const SigningScope& scope) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.day == day && entry.access_key_id == credentials.access_key_id &&
           entry.secret_access_key.Expose() == credentials.secret_access_key.Expose() &&
           entry.scope.region == scope.region && entry.scope.service == scope.service;
  });
  return found == entries_.end() ? nullptr : &*found;
}

Secret SigningKeyCache::Get(const Credentials& credentials, std::string_view day, const SigningScope& scope) {
  const std::lock_guard lock(mutex_);
  if (const Entry* known = Find(credentials, day, scope)) return known->key;

  Entry entry{credentials.access_key_id, credentials.secret_access_key, std::string(day), scope,
              DeriveSigningKey(credentials.secret_access_key, day, scope)};
  Secret key = entry.key;
  if (entries_.size() < kMaxEntries) {
    entries_.push_back(std::move(entry));
  } else {
    entries_[oldest_] = std::move(entry);
    oldest_ = (oldest_ + 1) % kMaxEntries;
  }
  return key;
}

}  // namespace s3conn
