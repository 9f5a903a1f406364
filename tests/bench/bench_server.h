#ifndef S3CONN_TESTS_BENCH_BENCH_SERVER_H_
#define S3CONN_TESTS_BENCH_BENCH_SERVER_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "base/file.h"

namespace s3conn {

inline constexpr const char* kBenchAccessKey = "BENCH";
inline constexpr const char* kBenchSecretKey = "bench/secret";

// Says what was being done, and ends the program.
[[noreturn]] void GiveUp(const std::string& doing);

// The embedded endpoint on a folder, in a process of its own, so that what it uses can be told from what its
// clients use. Made while the program has one thread.
class BenchServer {
 public:
  explicit BenchServer(const std::string& folder);
  BenchServer(const BenchServer&) = delete;
  BenchServer& operator=(const BenchServer&) = delete;
  ~BenchServer();

  std::uint16_t port() const { return port_; }
  double cpu_seconds() const;         // of all its threads, user and system
  std::uint64_t peak_memory() const;  // resident bytes, the most there ever were

 private:
  std::string ReadProc(const std::string& name) const;

  Descriptor alive_;  // the server ends when this is closed
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_BENCH_BENCH_SERVER_H_
