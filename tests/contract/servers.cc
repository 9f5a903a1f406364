#include "contract/servers.h"

#include <algorithm>
#include <array>

namespace s3conn {
namespace {

constexpr std::array<ServerTraits, 4> kServers = {{
    {
        .name = "ceph",
        // Answers 200, as AWS does in us-east-1.
        .creating_own_bucket_again = 0,
        .code_of_unknown_key = "InvalidAccessKeyId",
        // Its error documents hold a code and nothing more.
        .tells_what_it_signed = false,
        // Takes any region that the signature itself is right for.
        .wants_its_region = false,
        .anonymous_listing = 5,
        .bucket_of_another_user = 5,
        .conditional_write = 0,
        .keeps_tags = true,
        .tells_versions_of_copies = false,
        .second_storage_class = "STANDARD_IA",
        // InvalidArgument.
        .unknown_storage_class = 1,
        .knows_public_objects = true,
        .knows_kms = true,
        .knows_customer_keys = true,
        .verified_by = "md5",
        .without_signature = 5,
    },
    {
        .name = "swift",
        // Answers 409 BucketAlreadyOwnedByYou, as AWS does outside us-east-1.
        .creating_own_bucket_again = 6,
        // Does not tell an attacker which of the two is wrong.
        .code_of_unknown_key = "SignatureDoesNotMatch",
        .tells_what_it_signed = true,
        // AuthorizationHeaderMalformed, with the region it expects.
        .wants_its_region = true,
        // Takes what is not signed for a request of its own protocol: 412, "Bad URL".
        .anonymous_listing = 6,
        // Each account has a name space of its own, so there is no such bucket.
        .bucket_of_another_user = 4,
        // NotImplemented: "Conditional object PUTs are not supported."
        .conditional_write = 1,
        .keeps_tags = false,
        .tells_versions_of_copies = true,
        .second_storage_class = "",
        // InvalidStorageClass.
        .unknown_storage_class = 2,
        .knows_public_objects = false,
        .knows_kms = false,
        .knows_customer_keys = false,
        .ignored_customer_key = 8,
        .verified_by = "md5",
        // As with the listing, but 400.
        .without_signature = 1,
    },
    {
        .name = "local",
        // As AWS in us-east-1.
        .creating_own_bucket_again = 0,
        .code_of_unknown_key = "InvalidAccessKeyId",
        .tells_what_it_signed = true,
        .wants_its_region = false,
        .anonymous_listing = 5,
        // There is one user: another's key is nobody's.
        .bucket_of_another_user = 5,
        .conditional_write = 0,
        .keeps_tags = true,
        .tells_versions_of_copies = true,
        .second_storage_class = "STANDARD_IA",
        // InvalidStorageClass.
        .unknown_storage_class = 2,
        // NotImplemented: ACLs other than private.
        .knows_public_objects = false,
        .knows_kms = false,
        .knows_customer_keys = false,
        // NotImplemented.
        .ignored_customer_key = 1,
        .verified_by = "crc64nvme",
        .without_signature = 5,
    },
    // Runs the cases of moto_test.cc only, which ask for no trait.
    {.name = "moto"},
}};

}  // namespace

const ServerTraits* FindServer(std::string_view name) {
  const auto* const found = std::find_if(kServers.begin(), kServers.end(),
                                         [name](const ServerTraits& traits) { return traits.name == name; });
  return found == kServers.end() ? nullptr : found;
}

}  // namespace s3conn
