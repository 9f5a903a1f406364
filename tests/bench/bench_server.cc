#include "bench/bench_server.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <utility>

#include "local/s3_service.h"
#include "local/server.h"
#include "local/store.h"

namespace s3conn {
namespace {

// Until the other end of `parent` is closed.
void Serve(const std::string& folder, int parent) {
  const SystemClock clock;
  Result<std::unique_ptr<local::Store>> store = local::Store::Open(folder, clock);
  if (!store) GiveUp(store.error().message);
  const local::Authorizer authorizer({{kBenchAccessKey, Secret(kBenchSecretKey)}}, clock);
  local::S3Service service(**store, authorizer, clock, local::S3Service::Access::kReadWrite);
  Result<std::unique_ptr<local::Server>> server = local::Server::Listen({}, service);
  if (!server) GiveUp(server.error().message);
  const std::uint16_t port = (*server)->port();
  if (write(parent, &port, sizeof port) != sizeof port) GiveUp("tell the port");
  char nothing = 0;
  while (read(parent, &nothing, 1) > 0) {
  }
}

}  // namespace

void GiveUp(const std::string& doing) {
  std::cerr << "bench: could not " << doing << '\n';
  std::exit(1);
}

BenchServer::BenchServer(const std::string& folder) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) GiveUp("make a socket");
  alive_ = Descriptor(ends[0]);
  Descriptor parent(ends[1]);
  process_ = fork();
  if (process_ < 0) GiveUp("fork");
  if (process_ == 0) {
    alive_.Close();
    Serve(folder, parent.get());
    _exit(0);
  }
  parent.Close();
  if (read(alive_.get(), &port_, sizeof port_) != sizeof port_) GiveUp("start the server");
}

BenchServer::~BenchServer() {
  alive_.Close();
  waitpid(process_, nullptr, 0);
}

std::string BenchServer::ReadProc(const std::string& name) const {
  std::ifstream file("/proc/" + std::to_string(process_) + "/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

double BenchServer::cpu_seconds() const {
  // Fields 14 and 15 of proc(5); the second is a name in parentheses that may hold spaces.
  const std::string stat = ReadProc("stat");
  std::istringstream fields(stat.substr(stat.rfind(')') + 1));
  std::string skipped;
  for (int i = 3; i < 14; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::uint64_t BenchServer::peak_memory() const {
  const std::string status = ReadProc("status");
  const std::size_t at = status.find("VmHWM:");
  if (at == std::string::npos) GiveUp("read VmHWM");
  return std::strtoull(status.c_str() + at + 6, nullptr, 10) << 10;
}

}  // namespace s3conn
