#include "cli/object_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/media_type.h"
#include "base/text.h"
#include "cli/choices.h"
#include "cli/customer_key.h"
#include "cli/session.h"
#include "s3conn/base/time.h"
#include "s3conn/s3/storage_class.h"

namespace s3conn {
namespace {

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl, those that objects can
// have.
constexpr std::array<std::string_view, 7> kAcls = {
    "private",       "public-read",       "public-read-write",        "authenticated-read",
    "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control"};
constexpr std::array<std::string_view, 3> kEncryptions = {"AES256", "aws:kms", "aws:kms:dsse"};

// The value that is meant, whatever its letter case.
Result<std::string> Choose(std::string_view option, const std::string& text,
                           std::span<const std::string_view> valid) {
  if (text.empty()) return text;
  for (const std::string_view value : valid) {
    if (EqualsIgnoringCase(value, text)) return std::string(value);
  }
  return Failure(ErrorKind::kUsage, fmt::format("{} '{}' is not known", option, EscapeForTerminal(text)),
                 fmt::format("one of {}", fmt::join(valid, ", ")));
}

// Stores have classes of their own: only what is surely a slip is refused.
Result<std::string> ChooseStorageClass(const std::string& text) {
  const std::span<const std::string_view> known = StorageClassNames();
  for (const std::string_view value : known) {
    if (EqualsIgnoringCase(value, text)) return std::string(value);
  }
  const auto nearest = Nearest(text, known);
  if (text.empty() || !nearest) return text;
  return Failure(ErrorKind::kUsage, fmt::format("--storage-class '{}' is not known", EscapeForTerminal(text)),
                 fmt::format("did you mean {}?", *nearest));
}

Result<NamedValues> ParsePairs(std::string_view option, const std::vector<std::string>& texts) {
  NamedValues pairs;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Failure(ErrorKind::kUsage,
                     fmt::format("{} '{}' is not NAME=VALUE", option, Abbreviate(text, 100)),
                     fmt::format("for several, give {} several times", option));
    }
    pairs.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return pairs;
}

Status TakeTime(std::string_view option, const std::string& text, std::optional<Timestamp>& into) {
  if (text.empty()) return {};
  into = ParseMoment(text, SystemClock().Now());
  if (into) return {};
  return Failure(ErrorKind::kUsage, fmt::format("{} '{}' is not a time", option, EscapeForTerminal(text)),
                 "as in 2026-07-01T10:20:30Z, 2026-07-01, or 7d for seven days ago");
}

// With or without its quotes; none where `text` is empty, but not where only the quotes are.
Status TakeETag(std::string_view option, const std::string& text, std::string& into) {
  into = UnquoteETag(text);
  const bool there = text.empty() || !into.empty();
  const bool sendable =
      there && std::all_of(into.begin(), into.end(), [](char c) { return c > ' ' && c <= '~' && c != '"'; });
  if (sendable) return {};
  return Failure(ErrorKind::kUsage, fmt::format("{} '{}' can't be an ETag", option, Abbreviate(text, 100)),
                 "head-object shows the ETag of an object");
}

Status TakeKey(const Session& session, std::string_view option, const std::string& path, Secret& into) {
  Result<Secret> key = ReadCustomerKey(session, option, path);
  if (!key) return Failure(std::move(key.error()));
  into = std::move(*key);
  return {};
}

Result<Encryption> MakeEncryption(const Session& session, const SettingOptions& options) {
  Encryption encryption;
  Result<std::string> algorithm = Choose("--sse", options.sse, kEncryptions);
  if (!algorithm) return Failure(std::move(algorithm.error()));
  encryption.algorithm = std::move(*algorithm);
  encryption.kms_key_id = options.sse_kms_key_id;
  if (!encryption.kms_key_id.empty() && !encryption.algorithm.starts_with("aws:kms")) {
    return Failure(ErrorKind::kUsage, "--sse-kms-key-id names a key, but --sse does not say aws:kms",
                   "give --sse aws:kms with it");
  }
  if (!encryption.algorithm.empty() && !options.sse_c_key.empty()) {
    return Failure(ErrorKind::kUsage, "--sse and --sse-c-key exclude each other",
                   "the first has the store keep the key, the second has you keep it");
  }
  Status key = TakeKey(session, "--sse-c-key", options.sse_c_key, encryption.customer_key);
  if (!key) return Failure(std::move(key.error()));
  return encryption;
}

// What put-object and copy take alike.
struct Common {
  NamedValues metadata;
  NamedValues tags;
  std::string storage_class;
  std::string acl;
  Encryption encryption;
};

Result<Common> MakeCommon(const Session& session, const SettingOptions& options) {
  Result<NamedValues> metadata = ParsePairs("--metadata", options.metadata);
  if (!metadata) return Failure(std::move(metadata.error()));
  Result<NamedValues> tags = ParsePairs("--tag", options.tags);
  if (!tags) return Failure(std::move(tags.error()));
  Result<std::string> storage_class = ChooseStorageClass(options.storage_class);
  if (!storage_class) return Failure(std::move(storage_class.error()));
  Result<std::string> acl = Choose("--acl", options.acl, kAcls);
  if (!acl) return Failure(std::move(acl.error()));
  Result<Encryption> encryption = MakeEncryption(session, options);
  if (!encryption) return Failure(std::move(encryption.error()));
  return Common{std::move(*metadata), std::move(*tags), std::move(*storage_class), std::move(*acl),
                std::move(*encryption)};
}

ObjectSettings AsSettings(const SettingOptions& options, Common common) {
  ObjectSettings settings;
  settings.content_type = options.content_type.value_or("");
  settings.content_encoding = options.content_encoding.value_or("");
  settings.content_disposition = options.content_disposition.value_or("");
  settings.content_language = options.content_language.value_or("");
  settings.cache_control = options.cache_control.value_or("");
  settings.metadata = std::move(common.metadata);
  settings.tags = std::move(common.tags);
  settings.storage_class = std::move(common.storage_class);
  settings.acl = std::move(common.acl);
  settings.encryption = std::move(common.encryption);
  return settings;
}

std::string GuessContentType(const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) {
    if (const std::string_view type = MediaTypeOf(name); !type.empty()) return std::string(type);
  }
  return "";
}

// An empty value is most likely a variable that was not set, and no reason to do without a condition or a
// key.
std::string RefuseEmpty(const std::string& value) {
  return value.empty() ? "the value is empty" : "";
}

CLI::Option* AddOption(CLI::App& app, const char* name, std::string& into, const char* value,
                       const char* description) {
  return app.add_option(name, into, description)->type_name(value)->check(RefuseEmpty);
}

// One that may be empty.
CLI::Option* AddOption(CLI::App& app, const char* name, std::optional<std::string>& into, const char* value,
                       const char* description) {
  return app.add_option(name, into, description)->type_name(value);
}

std::vector<Choice> ChoicesFrom(std::span<const std::string_view> values) {
  std::vector<Choice> choices;
  choices.reserve(values.size());
  for (const std::string_view value : values) choices.push_back({std::string(value)});
  return choices;
}

}  // namespace

void DeclareSettings(CLI::App& app, SettingOptions& options, SettingUse use) {
  const bool copy = use == SettingUse::kCopy;
  AddOption(
      app, "--content-type", options.content_type, "TYPE",
      copy ? "the media type; else the source's" : "the media type; else guessed from the name, '' for none");
  AddOption(app, "--content-encoding", options.content_encoding, "CODING", "as in gzip");
  AddOption(app, "--content-disposition", options.content_disposition, "TEXT",
            "as in 'attachment; filename=\"report.pdf\"'");
  AddOption(app, "--content-language", options.content_language, "LANGUAGE", "as in de");
  AddOption(app, "--cache-control", options.cache_control, "TEXT", "as in max-age=3600");
  app.add_option(
         "--metadata", options.metadata,
         copy ? "metadata in place of all of the source's; may be repeated" : "metadata; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--tag", options.tags,
                 copy ? "a tag, in place of all of the source's; may be repeated" : "a tag; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  OfferChoices(AddOption(app, "--storage-class", options.storage_class, "CLASS",
                         copy ? "as in STANDARD_IA; else the source's"
                              : "as in STANDARD_IA; else the store's default"),
               ChoicesFrom(StorageClassNames()));
  OfferChoices(AddOption(app, "--acl", options.acl, "ACL",
                         "a canned ACL: private, public-read, bucket-owner-full-control, …"),
               ChoicesFrom(kAcls));
  OfferChoices(AddOption(app, "--sse", options.sse, "ALGORITHM",
                         "encrypted by the store: AES256, aws:kms or aws:kms:dsse"),
               ChoicesFrom(kEncryptions));
  AddOption(app, "--sse-kms-key-id", options.sse_kms_key_id, "KEY", "the KMS key for --sse aws:kms");
  AddOption(app, "--sse-c-key", options.sse_c_key, "FILE",
            "encrypted with the key in this file (32 bytes, or base64), which the store does not keep");
}

Result<ObjectSettings> MakeObjectSettings(const Session& session, const SettingOptions& options,
                                          const std::vector<std::string_view>& names) {
  Result<Common> common = MakeCommon(session, options);
  if (!common) return Failure(std::move(common.error()));
  ObjectSettings settings = AsSettings(options, std::move(*common));
  if (!options.content_type) settings.content_type = GuessContentType(names);
  if (Status valid = CheckObjectSettings(settings); !valid) return Failure(std::move(valid.error()));
  return settings;
}

Result<CopyChanges> MakeCopyChanges(const Session& session, const SettingOptions& options) {
  Result<Common> common = MakeCommon(session, options);
  if (!common) return Failure(std::move(common.error()));
  if (Status valid = CheckObjectSettings(AsSettings(options, *common)); !valid)
    return Failure(std::move(valid.error()));
  CopyChanges changes;
  changes.content_type = options.content_type;
  changes.content_encoding = options.content_encoding;
  changes.content_disposition = options.content_disposition;
  changes.content_language = options.content_language;
  changes.cache_control = options.cache_control;
  if (!options.metadata.empty()) changes.metadata = std::move(common->metadata);
  if (!options.tags.empty()) changes.tags = std::move(common->tags);
  changes.storage_class = std::move(common->storage_class);
  changes.acl = std::move(common->acl);
  changes.encryption = std::move(common->encryption);
  return changes;
}

void DeclareConditions(CLI::App& app, ConditionOptions& options, std::string_view what) {
  app.add_flag("--if-none-match", options.if_none_match,
               fmt::format("only where no such {} exists; exits with 6 else", what));
  app.add_flag("--no-clobber", options.no_clobber, fmt::format("leave an existing {} as it is", what));
}

void DeclareIfMatch(CLI::App& app, std::string& if_match, std::string_view what) {
  AddOption(app, "--if-match", if_match, "ETAG",
            fmt::format("only if the {} has this ETag now; exits with 6 else", what).c_str());
}

Result<WriteConditions> MakeWriteConditions(const ConditionOptions& options) {
  const int given =
      (options.if_none_match ? 1 : 0) + (options.no_clobber ? 1 : 0) + (options.if_match.empty() ? 0 : 1);
  if (given > 1) {
    return Failure(ErrorKind::kUsage, "--if-none-match, --no-clobber and --if-match exclude each other",
                   "give one of them");
  }
  WriteConditions conditions;
  conditions.if_none_match = options.if_none_match;
  Status etag = TakeETag("--if-match", options.if_match, conditions.if_match);
  if (!etag) return Failure(std::move(etag.error()));
  return conditions;
}

Result<Written> TryConditions(Client& client, const ObjectUri& object, const ConditionOptions& options,
                              const CallContext& context) {
  Result<WriteConditions> conditions = MakeWriteConditions(options);
  if (!conditions) return Failure(std::move(conditions.error()));
  if (options.no_clobber) conditions->if_none_match = true;
  Status holds = LookAtConditions(client, {object.bucket, object.key, std::move(*conditions)}, context);
  if (holds) return Written::kYes;
  if (options.no_clobber && holds.error().kind == ErrorKind::kPrecondition) return Written::kExistsAlready;
  return Failure(std::move(holds.error()));
}

void DeclareVersion(CLI::App& app, std::string& version_id) {
  AddOption(app, "--version-id", version_id, "ID", "this version of the object, not the current one");
}

void DeclareReading(CLI::App& app, ReadingOptions& options) {
  DeclareVersion(app, options.version_id);
  DeclareIfMatch(app, options.if_match);
  AddOption(app, "--sse-c-key", options.sse_c_key, "FILE", "the key it was encrypted with, by --sse-c-key");
}

Result<ReadOptions> MakeReadOptions(const Session& session, const ReadingOptions& options) {
  ReadOptions made;
  made.version_id = options.version_id;
  Status taken = TakeETag("--if-match", options.if_match, made.if_match);
  if (taken) taken = TakeKey(session, "--sse-c-key", options.sse_c_key, made.customer_key);
  if (!taken) return Failure(std::move(taken.error()));
  return made;
}

void DeclareSource(CLI::App& app, SourceOptions& options) {
  AddOption(app, "--version-id", options.version_id, "ID", "this version of the source, not the current one");
  AddOption(app, "--source-if-match", options.if_match, "ETAG",
            "only if the source has this ETag; exits with 6 else");
  AddOption(app, "--source-if-none-match", options.if_none_match, "ETAG",
            "only if it has another ETag; exits with 6 else");
  AddOption(app, "--source-if-modified-since", options.if_modified_since, "TIME",
            "only if it was written after this time, or in the last 7d");
  AddOption(app, "--source-if-unmodified-since", options.if_unmodified_since, "TIME",
            "only if it was not written after this time");
  AddOption(app, "--source-sse-c-key", options.sse_c_key, "FILE",
            "the key the source was encrypted with, by --sse-c-key");
}

Result<ReadOptions> MakeSourceOptions(const Session& session, const SourceOptions& options) {
  ReadOptions made;
  made.version_id = options.version_id;
  Status taken = TakeETag("--source-if-match", options.if_match, made.if_match);
  if (taken) taken = TakeETag("--source-if-none-match", options.if_none_match, made.if_none_match);
  if (taken)
    taken = TakeTime("--source-if-modified-since", options.if_modified_since, made.if_modified_since);
  if (taken)
    taken = TakeTime("--source-if-unmodified-since", options.if_unmodified_since, made.if_unmodified_since);
  if (taken) taken = TakeKey(session, "--source-sse-c-key", options.sse_c_key, made.customer_key);
  if (!taken) return Failure(std::move(taken.error()));
  return made;
}

void DeclareRange(CLI::App& app, std::string& range) {
  AddOption(app, "--range", range, "RANGE",
            "these bytes only: 0-99, 100- (to the end) or -500 (the last 500)");
}

Result<std::optional<ByteRange>> MakeRange(const std::string& range) {
  if (range.empty()) return std::nullopt;
  const std::optional<ByteRange> parsed = ParseByteRange(range);
  if (parsed) return parsed;
  return Failure(ErrorKind::kUsage,
                 fmt::format("--range '{}' is not a range of bytes", EscapeForTerminal(range)),
                 "as in 0-99, 100- (to the end) or -500 (the last 500)");
}

void DeclareDryRun(CLI::App& app, bool& dry_run) {
  app.add_flag("--dry-run", dry_run, "show what would happen, and change nothing");
}

}  // namespace s3conn
