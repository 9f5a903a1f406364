#include "contract/direct_put.h"

#include <atomic>
#include <thread>

#include "contract/direct_client.h"
#include "s3conn/base/body.h"
#include "s3conn/s3/put_object.h"

namespace s3conn {

void PutDirectly(const std::string& bucket, const std::vector<NewObject>& objects) {
  DirectClient direct;
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < objects.size(); i = next++) {
      MemorySource source(objects[i].bytes);
      const PutObjectRequest request{bucket, objects[i].key, ""};
      if (direct.client().Call<PutObject>(request, CallContext(), Body{&source, nullptr})) ++done;
    }
  };
  constexpr int kThreads = 6;
  {
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  }
  REQUIRE(done == objects.size());
}

}  // namespace s3conn
