#include "contract/servers.h"

#include <algorithm>
#include <array>

namespace s3conn {
namespace {

constexpr std::array<ServerTraits, 2> kServers = {{
    {
        .name = "ceph",
        // Answers 200, as AWS does in us-east-1.
        .creating_own_bucket_again = 0,
        .code_of_unknown_key = "InvalidAccessKeyId",
        // Its error documents hold a code and nothing more.
        .tells_what_it_signed = false,
        // Takes any region that the signature itself is right for.
        .signing_for_another_region = 0,
        .anonymous_listing = 5,
        .bucket_of_another_user = 5,
    },
    {
        .name = "swift",
        // Answers 409 BucketAlreadyOwnedByYou, as AWS does outside us-east-1.
        .creating_own_bucket_again = 6,
        // Does not tell an attacker which of the two is wrong.
        .code_of_unknown_key = "SignatureDoesNotMatch",
        .tells_what_it_signed = true,
        // AuthorizationHeaderMalformed, with the region it expects.
        .signing_for_another_region = 3,
        // Takes what is not signed for a request of its own protocol: 412, "Bad URL".
        .anonymous_listing = 6,
        // Each account has a name space of its own, so there is no such bucket.
        .bucket_of_another_user = 4,
    },
}};

}  // namespace

const ServerTraits* FindServer(std::string_view name) {
  const auto* const found = std::find_if(kServers.begin(), kServers.end(),
                                         [name](const ServerTraits& traits) { return traits.name == name; });
  return found == kServers.end() ? nullptr : found;
}

}  // namespace s3conn
