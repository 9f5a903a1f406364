#ifndef S3CONN_TESTS_FAULTS_FAULTY_PROGRAM_H_
#define S3CONN_TESTS_FAULTS_FAULTY_PROGRAM_H_

#include <string>
#include <string_view>

#include "support/catch.h"
#include "support/faulty_endpoint.h"
#include "support/s3conn_program.h"

namespace s3conn {

// The program set up for an endpoint of its own that fails as it is told, with an empty bucket `b-1`.
class FaultyProgram : public S3connProgram {
 public:
  explicit FaultyProgram(std::chrono::milliseconds skew = {});

  FaultyEndpoint endpoint;

  // Puts an object without a fault, and forgets the requests of that.
  void Store(const std::string& key, std::string_view bytes);
  // The bytes of an object, read without a fault; "(none)" where there is none.
  std::string Stored(const std::string& key);
  // The names of the operations since the last Store, or the beginning: "HeadObject PutObject".
  std::string operations() const;
  std::vector<LoggedRequest> requests() const;

 private:
  std::size_t begin_ = 0;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_FAULTS_FAULTY_PROGRAM_H_
