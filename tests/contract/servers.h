#ifndef S3CONN_TESTS_CONTRACT_SERVERS_H_
#define S3CONN_TESTS_CONTRACT_SERVERS_H_

#include <string_view>
#include <vector>

namespace s3conn {

// What S3 servers do differently, and the suite allows for. Everything else is the same for all.
struct ServerTraits {
  std::string_view name;
  int creating_own_bucket_again;         // exit status
  std::string_view code_of_unknown_key;  // of the 403 for an access key that nobody has
  bool tells_what_it_signed;       // its SignatureDoesNotMatch carries StringToSign and CanonicalRequest
  int signing_for_another_region;  // exit status
  int anonymous_listing;           // exit status
  int bucket_of_another_user;      // exit status
};

// Null for a server that has no row.
const ServerTraits* FindServer(std::string_view name);

}  // namespace s3conn

#endif  // S3CONN_TESTS_CONTRACT_SERVERS_H_
