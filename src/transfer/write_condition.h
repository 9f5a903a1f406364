#ifndef S3CONN_TRANSFER_WRITE_CONDITION_H_
#define S3CONN_TRANSFER_WRITE_CONDITION_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/object_settings.h"

namespace s3conn {

// An object that is about to be written or deleted, and what must hold of it.
struct WriteTarget {
  std::string bucket;
  std::string key;
  WriteConditions conditions{};
  Secret customer_key{};     // of SSE-C, by which what is there may be encrypted too
  std::string version_id{};  // of what is deleted; what is written is always the current one
};

// Looks itself whether the conditions hold, where the store may not: AWS does, others ignore some of them
// without a word. What changes between the look and the write is then not seen. kPrecondition where one does
// not hold.
Status CheckConditions(Client& client, const WriteTarget& target, const CallContext& context);
// The same on AWS too, for who wants to know and not to write.
Status LookAtConditions(Client& client, const WriteTarget& target, const CallContext& context);

// Whether a write that failed is worth another try with the other form of ETag: a store may have compared it
// with the quotes.
bool MayHaveComparedQuotes(const Client& client, const WriteConditions& conditions, const Error& error);

// Writes with `write`, which takes conditions and returns a Result, and again with the other form of ETag
// where that may help. Each is still conditional.
template <typename Write>
auto WriteConditionally(Client& client, WriteConditions conditions, Write write)
    -> decltype(write(conditions)) {
  auto written = write(conditions);
  if (written || !MayHaveComparedQuotes(client, conditions, written.error())) return written;
  conditions.etag_form = WriteConditions::ETagForm::kBare;
  return write(conditions);
}

// Whether the store says that it has encrypted as it was asked to. Some take the request and don't: with a
// key of the user's own that is kIntegrity, for the bytes lie open where nobody expects it; else a warning.
Status CheckEncrypted(const Encryption& wanted, const std::string& told, const CallContext& context);

// Whether the store does not know what was asked of it, as some don't know conditions on what they write.
bool IsUnknownToStore(const Error& error);

enum class Written { kYes, kExistsAlready };

// Writes only where nothing is: looks first, which saves sending the bytes, and then writes under a
// condition, without one where the store knows none. `write` fails with kPrecondition or kConflict only
// before anything is written: it is then looked at once more whether someone else was faster.
Result<Written> WriteUnlessExists(Client& client, const WriteTarget& target, const CallContext& context,
                                  const std::function<Status(const WriteConditions&)>& write);

// The same with a `make` that returns a Result; what it made, nullopt where something was there.
template <typename Make>
auto MakeUnlessExists(Client& client, const WriteTarget& target, const CallContext& context, Make make)
    -> Result<std::optional<typename decltype(make(target.conditions))::value_type>> {
  std::optional<typename decltype(make(target.conditions))::value_type> made;
  const Result<Written> written =
      WriteUnlessExists(client, target, context, [&](const WriteConditions& conditions) -> Status {
        auto attempt = make(conditions);
        if (!attempt) return Failure(std::move(attempt.error()));
        made = std::move(*attempt);
        return {};
      });
  if (!written) return Failure(written.error());
  return made;
}

}  // namespace s3conn

#endif  // S3CONN_TRANSFER_WRITE_CONDITION_H_
