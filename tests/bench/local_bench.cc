// What the embedded endpoint can do, over a real socket with signed requests. Prints numbers and judges none:
// they depend on the machine and its disk. The store is in a folder of its own under $TMPDIR, or /var/tmp.
//
//   bench_local [requests | transfer | list | memory]

#include <fmt/format.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/bench_client.h"
#include "bench/bench_server.h"
#include "local/store.h"
#include "support/temporary_folder.h"

namespace s3conn {
namespace {

constexpr double kMega = 1e6;

double Seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string MakeStore(const TemporaryFolder& folder) {
  const SystemClock clock;
  Result<std::unique_ptr<local::Store>> store = local::Store::Open(folder.Path("store"), clock);
  if (!store) GiveUp(store.error().message);
  if (!(*store)->CreateBucket("bench", "us-east-1")) GiveUp("make a bucket");
  return folder.Path("store");
}

// `work` with a client of its own and the number of its thread, on that many at once.
void OnConnections(const BenchServer& server, int count, const std::function<void(BenchClient&, int)>& work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      BenchClient client(server.port());
      work(client, i);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// --- small requests

void ReportRequests(const BenchServer& server, const char* what, int connections,
                    const std::function<void(BenchClient&, const std::string& path)>& request) {
  constexpr int kRequests = 4000;
  const int each = kRequests / connections;
  const double cpu = server.cpu_seconds();
  const double seconds = Seconds([&] {
    OnConnections(server, connections, [&](BenchClient& client, int thread) {
      for (int i = 0; i < each; ++i) request(client, fmt::format("/bench/small/{}/{}", thread, i));
    });
  });
  fmt::print("{} 4 KiB, {} connection(s): {:.0f}/s, {:.0f} us of the server's CPU each\n", what, connections,
             kRequests / seconds, (server.cpu_seconds() - cpu) * kMega / kRequests);
}

void MeasureRequests() {
  const TemporaryFolder folder;
  const BenchServer server(MakeStore(folder));
  const std::string block(4096, 'x');
  for (const int connections : {1, 4}) {
    ReportRequests(server, "PUT", connections, [&](BenchClient& client, const std::string& path) {
      client.Put(path, {block, 1}, PayloadHash::Unsigned());
    });
    ReportRequests(server, "GET", connections,
                   [](BenchClient& client, const std::string& path) { client.Get(path); });
  }
}

// --- large objects

void ReportTransfer(const BenchServer& server, const char* what, std::uint64_t size,
                    const std::function<void()>& transfer) {
  const double cpu = server.cpu_seconds();
  const double seconds = Seconds(transfer);
  fmt::print("{} 1 GiB: {:.0f} MB/s, {:.2f} s of the server's CPU\n", what,
             static_cast<double>(size) / seconds / kMega, server.cpu_seconds() - cpu);
}

void MeasureTransfer() {
  const TemporaryFolder folder;
  const BenchServer server(MakeStore(folder));
  BenchClient client(server.port());
  const std::string block(std::size_t{1} << 20, 'x');
  const RepeatedBlock body{block, 1024};
  const PayloadHash hash = body.Sha256();
  ReportTransfer(server, "PUT, unsigned,", body.size(),
                 [&] { client.Put("/bench/large", body, PayloadHash::Unsigned()); });
  ReportTransfer(server, "PUT, SHA-256,", body.size(), [&] { client.Put("/bench/large", body, hash); });
  ReportTransfer(server, "GET", body.size(), [&] { client.Get("/bench/large"); });
}

// --- listing

constexpr int kKeys = 1'000'000;

// Straight into the index: what is listed needs no bytes.
void FillIndex(const std::string& path) {
  const std::string statement = fmt::format(
      "PRAGMA journal_mode = WAL; BEGIN;"
      "WITH RECURSIVE number (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM number WHERE n < {} - 1) "
      "INSERT INTO version (bucket, key, version_id, latest, marker, size, etag, modified, storage_class, "
      "headers, tags, parts, blob) "
      "SELECT (SELECT id FROM bucket), CAST(printf('folder-%03d/key-%08d', n / 1000, n) AS BLOB), 'null', 1, "
      "0, n, 'd41d8cd98f00b204e9800998ecf8427e', 1768435200000, 'STANDARD', '', '', 0, printf('%032x', n) "
      "FROM number;"
      "COMMIT; PRAGMA wal_checkpoint(TRUNCATE);",
      kKeys);
  sqlite3* database = nullptr;
  if (sqlite3_open(path.c_str(), &database) != SQLITE_OK ||
      sqlite3_exec(database, statement.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    GiveUp(fmt::format("fill the index: {}", sqlite3_errmsg(database)));
  }
  sqlite3_close(database);
}

std::string TextOf(const std::string& document, std::string_view name) {
  const std::string open = fmt::format("<{}>", name);
  const std::size_t begin = document.find(open);
  if (begin == std::string::npos) return {};
  const std::size_t text = begin + open.size();
  return document.substr(text, document.find('<', text) - text);
}

// The seconds that each page took.
std::vector<double> ListAll(BenchClient& client, const char* delimiter) {
  std::vector<double> pages;
  std::string token;
  do {
    std::vector<QueryParameter> query = {{"list-type", "2"}, {"delimiter", delimiter}};
    if (!token.empty()) query.push_back({"continuation-token", token});
    std::string page;
    pages.push_back(Seconds([&] { page = client.GetText("/bench", query); }));
    token = TextOf(page, "NextContinuationToken");
  } while (!token.empty());
  return pages;
}

void MeasureListing() {
  const TemporaryFolder folder;
  const std::string store = MakeStore(folder);
  fmt::print("{} keys written straight into the index in {:.1f} s\n", kKeys,
             Seconds([&] { FillIndex(store + "/index.db"); }));
  const BenchServer server(store);
  BenchClient client(server.port());
  const std::vector<double> pages = ListAll(client, "");
  const double all = std::accumulate(pages.begin(), pages.end(), 0.0);
  std::vector<double> sorted = pages;
  std::sort(sorted.begin(), sorted.end());
  fmt::print(
      "LIST {} pages: {:.0f} keys/s; {:.2f} ms the first, {:.2f} ms one in the middle, {:.2f} ms the "
      "last; {:.2f} ms the median, {:.2f} ms the slowest; {:.0f} us of the server's CPU each\n",
      pages.size(), kKeys / all, pages.front() * 1e3, pages[pages.size() / 2] * 1e3, pages.back() * 1e3,
      sorted[sorted.size() / 2] * 1e3, sorted.back() * 1e3,
      server.cpu_seconds() * kMega / static_cast<double>(pages.size()));
  const std::vector<double> folders = ListAll(client, "/");
  fmt::print("LIST 1000 folders with a delimiter: {:.2f} ms on {} page(s)\n",
             std::accumulate(folders.begin(), folders.end(), 0.0) * 1e3, folders.size());
}

// --- memory

void MeasureMemory() {
  constexpr int kConnections = 32;
  const TemporaryFolder folder;
  const BenchServer server(MakeStore(folder));
  const std::string block(std::size_t{1} << 20, 'x');
  const std::uint64_t before = server.peak_memory();
  const double seconds = Seconds([&] {
    OnConnections(server, kConnections, [&](BenchClient& client, int thread) {
      const std::string path = fmt::format("/bench/object-{}", thread);
      client.Put(path, {block, 64}, PayloadHash::Unsigned());
      client.Get(path);
    });
  });
  fmt::print(
      "{} connections with 64 MiB each, PUT and GET: {:.1f} s, {:.1f} MiB of memory at the most "
      "({:.1f} MiB before)\n",
      kConnections, seconds, static_cast<double>(server.peak_memory()) / (1 << 20),
      static_cast<double>(before) / (1 << 20));
}

struct Measurement {
  std::string_view name;
  void (*run)();
};

int Measure(std::string_view wanted) {
  constexpr Measurement kMeasurements[] = {{"requests", MeasureRequests},
                                           {"transfer", MeasureTransfer},
                                           {"list", MeasureListing},
                                           {"memory", MeasureMemory}};
  bool found = false;
  for (const auto& [name, run] : kMeasurements) {
    if (!wanted.empty() && wanted != name) continue;
    found = true;
    run();
    std::fflush(stdout);  // not once more by a server that is forked from here
  }
  if (!found) GiveUp(fmt::format("measure '{}': there are requests, transfer, list and memory", wanted));
  return 0;
}

// In a process of its own, so that gigabytes are removed in every case: after a failure, and when
// interrupted.
int Main(std::string_view wanted) {
  setenv("TMPDIR", "/var/tmp", 0);  // /tmp is memory in many places
  const TemporaryFolder folder;
  setenv("TMPDIR", folder.path().c_str(), 1);
  prctl(PR_SET_CHILD_SUBREAPER, 1);  // servers that outlive what started them are waited for too
  sigset_t signals;
  sigset_t before;
  sigemptyset(&signals);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&signals, number);
  sigprocmask(SIG_BLOCK, &signals, &before);
  const pid_t measuring = fork();
  if (measuring < 0) GiveUp("fork");
  if (measuring == 0) {
    sigprocmask(SIG_SETMASK, &before, nullptr);
    std::exit(Measure(wanted));
  }
  int status = 0;
  while (waitpid(measuring, &status, WNOHANG) == 0) {
    int number = 0;
    sigwait(&signals, &number);
    if (number != SIGCHLD) kill(measuring, number);
  }
  while (wait(nullptr) > 0) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace
}  // namespace s3conn

int main(int count, char** arguments) {
  return s3conn::Main(count > 1 ? arguments[1] : "");
}
