#ifndef S3CONN_CLI_OBJECT_OPTIONS_H_
#define S3CONN_CLI_OBJECT_OPTIONS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/error.h"
#include "s3conn/s3/object_settings.h"
#include "s3conn/s3/read_options.h"
#include "transfer/copy.h"
#include "transfer/write_condition.h"

namespace CLI {
class App;
}

namespace s3conn {

class Session;

// Options that several commands on objects share, as the user typed them. Declare…() adds them to a command;
// the functions below check them, and fail with kUsage naming option and value.

// What a new object has besides its bytes.
struct SettingOptions {
  std::optional<std::string> content_type;
  std::optional<std::string> content_encoding;
  std::optional<std::string> content_disposition;
  std::optional<std::string> content_language;
  std::optional<std::string> cache_control;
  std::vector<std::string> metadata;  // "name=value"
  std::vector<std::string> tags;
  std::string storage_class;
  std::string acl;
  std::string sse;
  std::string sse_kms_key_id;
  std::string sse_c_key;  // a file
};
enum class SettingUse { kNewObject, kCopy };
void DeclareSettings(CLI::App& app, SettingOptions& options, SettingUse use);
// `named` is what a content type may be guessed from, the best first.
Result<ObjectSettings> MakeObjectSettings(const Session& session, const SettingOptions& options,
                                          const std::vector<std::string_view>& names);
Result<CopyChanges> MakeCopyChanges(const Session& session, const SettingOptions& options);

// When an object, or a file, is written.
struct ConditionOptions {
  bool if_none_match = false;
  bool no_clobber = false;
  std::string if_match;
};
// `what` exists or not: "object", "file".
void DeclareConditions(CLI::App& app, ConditionOptions& options, std::string_view what);
void DeclareIfMatch(CLI::App& app, std::string& if_match, std::string_view what = "object");
Result<WriteConditions> MakeWriteConditions(const ConditionOptions& options);
// For a dry run: whether an object would be written under these conditions now. kPrecondition where it would
// be refused.
Result<Written> TryConditions(Client& client, const ObjectUri& object, const ConditionOptions& options,
                              const CallContext& context);

// Which object is read.
struct ReadingOptions {
  std::string version_id;
  std::string if_match;
  std::string sse_c_key;  // a file
};
void DeclareVersion(CLI::App& app, std::string& version_id);
void DeclareReading(CLI::App& app, ReadingOptions& options);
Result<ReadOptions> MakeReadOptions(const Session& session, const ReadingOptions& options);

// The source of a copy.
struct SourceOptions {
  std::string version_id;
  std::string if_match;
  std::string if_none_match;
  std::string if_modified_since;
  std::string if_unmodified_since;
  std::string sse_c_key;  // a file
};
void DeclareSource(CLI::App& app, SourceOptions& options);
Result<ReadOptions> MakeSourceOptions(const Session& session, const SourceOptions& options);

void DeclareRange(CLI::App& app, std::string& range);
// nullopt where none was given.
Result<std::optional<ByteRange>> MakeRange(const std::string& range);

void DeclareDryRun(CLI::App& app, bool& dry_run);

}  // namespace s3conn

#endif  // S3CONN_CLI_OBJECT_OPTIONS_H_
