#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "local/store.h"
#include "support/catch.h"
#include "unit/local/store_fixture.h"
#include "unit/local/store_inventory.h"

// Processes that are killed while they write. The store is closed here meanwhile, for SQLite's connections do
// not survive a fork.

namespace s3conn::local {
namespace {

enum class Ended { kKilled, kByItself };

int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// A child has nothing of the test to finish: what fails in it must not unwind into the test's frames.
[[noreturn]] void Exit(const std::function<bool()>& work) {
  bool done = false;
  try {
    done = work();
  } catch (...) {
    done = false;
  }
  _exit(done ? 0 : 1);
}

// Runs `work` in a process of its own and kills it at the begin or the end of its n-th system call, counted
// from where the work raises SIGSTOP.
Ended KillAtCall(int n, const std::function<bool()>& work) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(1);
    Exit(work);
  }
  const int started = WaitFor(child);
  REQUIRE(WIFSTOPPED(started));
  for (int call = 0; call < n; ++call) {
    REQUIRE(ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0);
    const int status = WaitFor(child);
    if (WIFSTOPPED(status)) continue;
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    return Ended::kByItself;
  }
  kill(child, SIGKILL);
  REQUIRE(WIFSIGNALED(WaitFor(child)));
  return Ended::kKilled;
}

using Work = std::function<bool(Store&)>;

Ended KillInStore(int n, const std::string& folder, const Work& work) {
  return KillAtCall(n, [&folder, &work] {
    const FakeClock clock;
    const auto store = Store::Open(folder, clock);
    if (!store) return false;
    raise(SIGSTOP);
    return work(**store);
  });
}

struct Change {
  std::string before;  // what a Get gives
  std::string after;
  Work prepare;
  Work work;
};

// Killed at every system call of the change, one after the other: the store is as before or as after it.
void KillEverywhere(const Change& change) {
  StoreFixture fixture;
  fixture.store.reset();
  bool seen_before = false;
  bool seen_after = false;
  for (int n = 0;; ++n) {
    INFO("killed at call " << n);
    REQUIRE(change.prepare(*OpenStore(fixture.folder.path(), fixture.clock)));
    const Ended ended = KillInStore(n, fixture.folder.path(), change.work);
    const std::unique_ptr<Store> store = OpenStore(fixture.folder.path(), fixture.clock);
    CheckInventory(fixture.folder.path());
    const std::string now = Get(*store, "b", "k");
    REQUIRE((now == change.before || now == change.after));
    (now == change.before ? seen_before : seen_after) = true;
    if (ended == Ended::kKilled) continue;
    CHECK(now == change.after);
    break;
  }
  CHECK(seen_before);
  CHECK(seen_after);
}

bool PutSingle(Store& store) {
  return store.PutObject("b", ObjectOf(store, "k", "single")).has_value();
}

bool PutParts(Store& store) {
  return store.PutObject("b", ObjectOfParts(store, "k", {"a", "b", "c"})).has_value();
}

bool Delete(Store& store) {
  return store.DeleteObject("b", "k", std::nullopt, {}).has_value();
}

// Says each of its writes on `progress` once it is acknowledged.
bool WriteForever(const std::string& folder, const std::string& key, int progress) {
  const FakeClock clock;
  const auto store = Store::Open(folder, clock);
  if (!store) return false;
  for (int i = 0;; ++i) {
    const std::string content = std::to_string(i);
    NewVersion version = i % 3 == 0 ? ObjectOfParts(**store, key, {content, "/", content})
                                    : ObjectOf(**store, key, content + "/" + content);
    if (!(*store)->PutObject("b", std::move(version))) return false;
    if (!(*store)->PutObject("b", ObjectOf(**store, key + "-fleeting", content))) return false;
    if (!(*store)->DeleteObject("b", key + "-fleeting", std::nullopt, {})) return false;
    if (write(progress, &i, sizeof(i)) != sizeof(i)) return false;
  }
}

struct Writer {
  pid_t process = 0;
  Descriptor progress{};
};

Writer StartWriter(const std::string& folder, const std::string& key) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t process = fork();
  REQUIRE(process >= 0);
  if (process == 0) Exit([&] { return WriteForever(folder, key, ends[1]); });
  close(ends[1]);
  return {.process = process, .progress = Descriptor(ends[0])};
}

// Waits for so many writes, kills it, and gives the number of the last that it knew to be done.
int KillAfter(Writer& writer, int writes) {
  int last = -1;
  int number = 0;
  while (last < writes && read(writer.progress.get(), &number, sizeof(number)) == sizeof(number))
    last = number;
  kill(writer.process, SIGKILL);
  REQUIRE(WIFSIGNALED(WaitFor(writer.process)));
  while (read(writer.progress.get(), &number, sizeof(number)) == sizeof(number)) last = number;
  return last;
}

// "7/7" is of write 7; -1 for what is torn.
int WriteThatMade(const std::string& content) {
  const std::size_t slash = content.find('/');
  if (slash == std::string::npos || content.substr(0, slash) != content.substr(slash + 1)) return -1;
  return std::stoi(content);
}

}  // namespace

TEST_CASE("Store: a process killed while it replaces parts by one piece leaves old or new") {
  KillEverywhere({.before = "abc", .after = "single", .prepare = PutParts, .work = PutSingle});
}

TEST_CASE("Store: a process killed while it replaces one piece by parts leaves old or new") {
  KillEverywhere({.before = "single", .after = "abc", .prepare = PutSingle, .work = PutParts});
}

TEST_CASE("Store: a process killed while it deletes leaves all or nothing") {
  KillEverywhere({.before = "abc", .after = "NoSuchKey", .prepare = PutParts, .work = Delete});
}

TEST_CASE("Store: a process killed while it makes a store leaves one that opens") {
  const FakeClock clock;
  for (int n = 0;; n += 3) {
    INFO("killed at call " << n);
    const TemporaryFolder folder;
    const Ended ended = KillAtCall(n, [&folder, &clock] {
      raise(SIGSTOP);
      return Store::Open(folder.Path("store"), clock).has_value();
    });
    const std::unique_ptr<Store> store = OpenStore(folder.Path("store"), clock);
    REQUIRE(store->CreateBucket("b", "r"));
    Put(*store, "b", "k", "x");
    CHECK(Get(*store, "b", "k") == "x");
    CheckInventory(folder.Path("store"));
    if (ended == Ended::kByItself) break;
  }
}

TEST_CASE("Store: of two writing processes that are killed every acknowledged write is there") {
  StoreFixture fixture;
  fixture.store.reset();
  for (int round = 0; round < 12; ++round) {
    Writer first = StartWriter(fixture.folder.path(), "first");
    Writer second = StartWriter(fixture.folder.path(), "second");
    const int last_of_first = KillAfter(first, round % 5);
    const int last_of_second = KillAfter(second, round);
    const std::unique_ptr<Store> store = OpenStore(fixture.folder.path(), fixture.clock);
    CheckInventory(fixture.folder.path());
    const int first_found = WriteThatMade(Get(*store, "b", "first"));
    CHECK((first_found == last_of_first || first_found == last_of_first + 1));
    const int second_found = WriteThatMade(Get(*store, "b", "second"));
    CHECK((second_found == last_of_second || second_found == last_of_second + 1));
  }
}

}  // namespace s3conn::local
