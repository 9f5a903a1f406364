#ifndef S3CONN_TESTS_CONTRACT_CONTRACT_FIXTURE_H_
#define S3CONN_TESTS_CONTRACT_CONTRACT_FIXTURE_H_

#include <string>
#include <string_view>
#include <vector>

#include "contract/servers.h"
#include "support/catch.h"
#include "support/s3conn_program.h"

namespace s3conn {

// The server that the suite runs against, from the environment: S3_SERVER, S3_ENDPOINT, S3_REGION,
// S3_ACCESS_KEY, S3_SECRET_KEY, S3_ALT_ACCESS_KEY, S3_ALT_SECRET_KEY; and the program, S3CONN_BINARY. A
// missing one ends the program.
struct ServerAccess {
  const ServerTraits& traits;
  std::string endpoint;
  std::string region;
  std::string access_key;
  std::string secret_key;
  std::string other_access_key;  // of another user
  std::string other_secret_key;
  std::string binary;
};
const ServerAccess& Server();

// The program, set up for the server.
class ContractProgram : public S3connProgram {
 public:
  ContractProgram();
};

// A bucket with a name of its own.
class TestBucket {
 public:
  // kLeft is for very many objects, which take long to delete one by one; the server goes anyway.
  enum class AtTheEnd { kDeleted, kLeft };
  explicit TestBucket(AtTheEnd at_the_end = AtTheEnd::kDeleted);
  TestBucket(const TestBucket&) = delete;
  TestBucket& operator=(const TestBucket&) = delete;
  ~TestBucket();

  const std::string& name() const { return name_; }
  std::string Uri(std::string_view key = "") const;
  // Puts objects with these keys and empty content.
  void Fill(const std::vector<std::string>& keys) const;

 private:
  void Empty() const;

  ContractProgram program_;
  AtTheEnd at_the_end_;
  std::string name_;
};

std::string NewBucketName();
std::string RandomBytes(std::size_t count);
std::string Md5Of(std::string_view bytes);  // hexadecimal

// The keys of a listing's document.
std::vector<std::string> KeysOf(const Json& listing);
std::vector<std::string> PrefixesOf(const Json& listing);

}  // namespace s3conn

#endif  // S3CONN_TESTS_CONTRACT_CONTRACT_FIXTURE_H_
