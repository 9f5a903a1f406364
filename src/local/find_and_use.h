#ifndef S3CONN_LOCAL_FIND_AND_USE_H_
#define S3CONN_LOCAL_FIND_AND_USE_H_

#include <cstdint>
#include <optional>

#include "local/object_request.h"

namespace s3conn::local {

inline std::int64_t IdOf(const StoredVersion& version) {
  return version.id;
}
inline std::int64_t IdOf(const CopySource& source) {
  return source.version.id;
}

// What `use` makes of the version that `find` finds. Another client may replace the version between the two,
// and take its files away: `use` fails with kInternalError then, and the next look finds another version,
// however often that happens. The same one twice has lost its files.
template <typename Find, typename Use>
Answer<Response> FindAndUse(Find find, Use use) {
  std::optional<std::int64_t> failed;
  while (true) {
    const auto found = find();
    if (!found) return Refuse(found.error());
    Answer<Response> response = use(*found);
    if (response || response.error().code != Code::kInternalError || failed == IdOf(*found)) return response;
    failed = IdOf(*found);
  }
}

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_FIND_AND_USE_H_
