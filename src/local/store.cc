#include "local/store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <utility>

#include "base/text.h"
#include "local/database.h"
#include "local/schema.h"
#include "local/store_parts.h"

namespace s3conn::local {
namespace {

tl::unexpected<Error> CantLock(const std::string& path, int error_number) {
  Error error = SystemError(fmt::format("lock '{}'", EscapeForTerminal(path)), error_number);
  error.kind = ErrorKind::kLocalIo;
  return Failure(std::move(error));
}

// 0, or errno.
int Lock(const Descriptor& file, int operation) {
  while (flock(file.get(), operation) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

Result<bool> IsNamed(SqlConnection& index, std::string_view blob) {
  Statement rows = index.Prepare(
      "SELECT 1 FROM version WHERE blob = ?1 UNION ALL SELECT 1 FROM piece WHERE blob = ?1 "
      "UNION ALL SELECT 1 FROM part WHERE blob = ?1",
      {blob});
  return rows.Step();
}

struct LeftOver {
  std::vector<std::string> to_settle{};
  std::vector<std::string> to_remove{};
};

Result<LeftOver> FindLeftOver(Database& database, const std::vector<std::string>& incoming) {
  Result<ReadTransaction> transaction = database.Read();
  if (!transaction) return Failure(std::move(transaction.error()));
  LeftOver found;
  for (const std::string& id : incoming) {
    const Result<bool> named = IsNamed(transaction->connection(), id);
    if (!named) return Failure(named.error());
    (*named ? found.to_settle : found.to_remove).push_back(id);
  }
  Statement garbage = transaction->connection().Prepare("SELECT blob FROM garbage");
  while (true) {
    const Result<bool> row = garbage.Step();
    if (!row) return Failure(row.error());
    if (!*row) return found;
    found.to_remove.emplace_back(garbage.Text(0));
  }
}

// Puts in order what processes have left that were killed: files that the index names and that are still in
// incoming/, and those that it doesn't name. Nobody else has the store open. A file that resists is left to
// the next sweep.
Status Sweep(Store::Parts& parts) {
  const Result<std::vector<std::string>> incoming = parts.blobs.Incoming();
  if (!incoming) return Failure(incoming.error());
  Result<LeftOver> found = FindLeftOver(*parts.database, *incoming);
  if (!found) return Failure(std::move(found.error()));
  for (const std::string& id : found->to_settle) static_cast<void>(parts.blobs.Settle(id));
  if (!found->to_remove.empty()) parts.removed.Remove(std::move(found->to_remove));
  return {};
}

}  // namespace

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::Open(const std::string& folder, const Clock& clock) {
  Result<BlobFolder> blobs = BlobFolder::Open(folder);
  if (!blobs) return Failure(std::move(blobs.error()));
  const std::string lock_path = folder + "/lock";
  Descriptor lock(open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock) return CantLock(lock_path, errno);
  const bool alone = Lock(lock, LOCK_EX | LOCK_NB) == 0;
  if (!alone) {
    // Waits for who may be sweeping it.
    if (const int error_number = Lock(lock, LOCK_SH); error_number != 0)
      return CantLock(lock_path, error_number);
  }
  Result<std::unique_ptr<Database>> database = Database::Open(folder + "/index.db", StoreSchema());
  if (!database) return Failure(std::move(database.error()));
  auto parts = std::make_unique<Parts>(clock, std::move(lock), std::move(*blobs), std::move(*database));
  if (alone) {
    if (Status swept = Sweep(*parts); !swept) return Failure(std::move(swept.error()));
    if (const int error_number = Lock(parts->lock, LOCK_SH); error_number != 0)
      return CantLock(lock_path, error_number);
  }
  return std::unique_ptr<Store>(new Store(std::move(parts)));
}

}  // namespace s3conn::local
