#ifndef S3CONN_TESTS_CONTRACT_SERVERS_H_
#define S3CONN_TESTS_CONTRACT_SERVERS_H_

#include <string_view>
#include <vector>

namespace s3conn {

// What S3 servers do differently, and the suite allows for. Everything else is the same for all.
struct ServerTraits {
  std::string_view name{};
  int creating_own_bucket_again{};         // exit status
  std::string_view code_of_unknown_key{};  // of the 403 for an access key that nobody has
  bool tells_what_it_signed{};      // its SignatureDoesNotMatch carries StringToSign and CanonicalRequest
  bool wants_its_region{};          // refuses a signature for another region, and names its own
  int anonymous_listing{};          // exit status
  int bucket_of_another_user{};     // exit status
  int conditional_write{};          // exit status of --if-none-match and --if-match that hold
  bool keeps_tags{};                // else --tag fails with NotImplemented
  bool tells_versions_of_copies{};  // their ids are in the answer to a copy
  std::string_view second_storage_class{};  // beside STANDARD; empty: there is none
  int unknown_storage_class{};              // exit status
  bool knows_public_objects{};              // readable without a signature
  bool knows_kms{};                         // has the key testkey-1; else --sse fails with NotImplemented
  bool knows_customer_keys{};
  int ignored_customer_key{};      // exit status where it does not: 8 where it takes the object without
  std::string_view verified_by{};  // what a read is checked against
  int without_signature{};         // exit status of whatever is asked for without one
};

// Null for a server that has no row.
const ServerTraits* FindServer(std::string_view name);

}  // namespace s3conn

#endif  // S3CONN_TESTS_CONTRACT_SERVERS_H_
