// Bytes as a client sends them, from the first line of a request on, to a session over a store. The keys and
// the clock are those of tests/unit/local/signed_request.h, by which the seeds are signed.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "fuzz/fuzz_store.h"
#include "local/http_session.h"
#include "local/s3_service.h"
#include "support/memory_connection.h"

namespace s3conn::local {
namespace {

// kTestDate of signed_request.h.
Timestamp SigningTime() {
  return Timestamp(std::chrono::sys_days(std::chrono::year{2026} / 1 / 15)) + std::chrono::minutes(570);
}

void Serve(std::string bytes, std::size_t piece) {
  FuzzStore& fuzzed = StoreForInput();
  const FakeClock clock(SigningTime());
  const Authorizer authorizer({{"AKTEST", Secret("test/secret")}}, clock);
  S3Service service(fuzzed.store(), authorizer, clock, S3Service::Access::kReadWrite,
                    [](const Served& served) {
                      if (served.status >= 500 && served.status != 501) std::abort();
                    });
  MemoryConnection connection(std::move(bytes), piece);
  SessionState state;
  ServeHttp(connection, service, "fuzz", state);
  if (!connection.answered.empty() && !connection.answered.starts_with("HTTP/1.1 ")) std::abort();
  if (state.busy) std::abort();
}

}  // namespace
}  // namespace s3conn::local

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// The first byte says how large the pieces are in which the others come.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return -1;
  const std::size_t piece = data[0] < 32 ? std::size_t{data[0]} + 1 : std::size_t{1} << 20;
  s3conn::local::Serve(std::string(reinterpret_cast<const char*>(data) + 1, size - 1), piece);
  return 0;
}
