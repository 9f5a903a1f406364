#ifndef S3CONN_TESTS_BENCH_BENCH_CLIENT_H_
#define S3CONN_TESTS_BENCH_BENCH_CLIENT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "s3conn/base/message.h"
#include "s3conn/base/time.h"
#include "s3conn/sign/credentials.h"
#include "sign/signer.h"

namespace s3conn {

// A body of a block over and over.
struct RepeatedBlock {
  std::string_view block{};
  std::uint64_t times = 1;

  std::uint64_t size() const { return block.size() * times; }
  PayloadHash Sha256() const;
};

// One connection, kept alive, straight on the socket: it signs each request, and does nothing else that
// costs. A failure, and an answer that is no 2xx, ends the program.
class BenchClient {
 public:
  explicit BenchClient(std::uint16_t port);

  // `hash` is taken as right.
  void Put(const std::string& path, const RepeatedBlock& body, const PayloadHash& hash);
  // The bytes are thrown away; gives how many they were.
  std::uint64_t Get(const std::string& path);
  std::string GetText(const std::string& path, std::vector<QueryParameter> query);

 private:
  std::string Head(HttpRequest request, std::uint64_t length, const PayloadHash& hash);
  void Write(std::string_view bytes);
  std::size_t Read();  // more into buffer_, behind what is there
  // Up to the body, of which the first bytes are in buffer_; its length.
  std::uint64_t ReadHead();
  std::uint64_t ReadBody(std::string* kept);

  std::uint16_t port_;
  Descriptor socket_;
  Credentials credentials_;
  SigningKeyCache keys_;
  SystemClock clock_;
  std::string buffer_;
  std::size_t filled_ = 0;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_BENCH_BENCH_CLIENT_H_
