#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "local/store.h"
#include "local/store_parts.h"
#include "local/stored_columns.h"
#include "local/version_table.h"

// The bytes of versions: reading them, and making new blobs of them.

namespace s3conn::local {
namespace {

// A stretch of the pieces of a version; one file is open at a time, for there may be 10,000.
class BlobContent final : public Content {
 public:
  BlobContent(BlobFolder blobs, std::vector<Piece> pieces, std::uint64_t offset, std::uint64_t length)
      : blobs_(std::move(blobs)), pieces_(std::move(pieces)), skip_(offset), size_(length), left_(length) {}

  // Opens the first file, so that a version that has gone is known before there is an answer.
  Status Start() {
    Result<std::optional<Stretch>> first = OpenNext();
    if (!first) return Failure(std::move(first.error()));
    started_ = *first;
    return {};
  }

  std::uint64_t size() const override { return size_; }

  Result<std::optional<Stretch>> Next() override {
    if (started_) return std::exchange(started_, std::nullopt);
    return OpenNext();
  }

 private:
  Result<std::optional<Stretch>> OpenNext() {
    if (left_ == 0) return std::nullopt;
    while (next_ < pieces_.size() && pieces_[next_].size <= skip_) skip_ -= pieces_[next_++].size;
    if (next_ == pieces_.size()) return Failure(ErrorKind::kIntegrity, "an object ends before its size");
    const Piece& piece = pieces_[next_++];
    Result<Descriptor> file = blobs_.OpenForReading(piece.blob);
    if (!file) return Failure(std::move(file.error()));
    file_ = std::move(*file);
    const std::uint64_t offset = std::exchange(skip_, 0);
    const std::uint64_t length = std::min(left_, piece.size - offset);
    left_ -= length;
    return Stretch{.fd = file_.get(), .offset = offset, .length = length};
  }

  BlobFolder blobs_;
  std::vector<Piece> pieces_;
  std::size_t next_ = 0;
  std::uint64_t skip_;  // from the begin of the next piece
  std::uint64_t size_;
  std::uint64_t left_;
  Descriptor file_;
  std::optional<Stretch> started_;
};

Answer<std::vector<Piece>> FindPieces(Database& database, const StoredVersion& version) {
  if (!version.blob.empty()) return std::vector<Piece>{{.blob = version.blob, .size = version.size}};
  Result<ReadTransaction> transaction = database.Read();
  if (!transaction) return RefuseInternal(transaction.error());
  return PiecesOf(transaction->connection(), version);
}

}  // namespace

Answer<std::unique_ptr<Content>> Store::OpenContent(const StoredVersion& version, std::uint64_t offset,
                                                    std::uint64_t length) {
  Answer<std::vector<Piece>> pieces = FindPieces(*parts_->database, version);
  if (!pieces) return Refuse(std::move(pieces.error()));
  auto content = std::make_unique<BlobContent>(parts_->blobs, std::move(*pieces), offset, length);
  if (const Status started = content->Start(); !started) return RefuseInternal(started.error());
  return std::unique_ptr<Content>(std::move(content));
}

Answer<std::vector<StoredPart>> Store::PartsOf(const StoredVersion& version) {
  Result<ReadTransaction> transaction = parts_->database->Read();
  if (!transaction) return RefuseInternal(transaction.error());
  Statement rows = transaction->connection().Prepare(
      "SELECT number, size, etag, modified, checksum_algorithm, checksum_type, checksum FROM piece "
      "WHERE version = ? ORDER BY number",
      {version.id});
  std::vector<StoredPart> parts;
  while (true) {
    const Result<bool> row = rows.Step();
    if (!row) return RefuseInternal(row.error());
    if (!*row) return parts;
    parts.push_back({.number = static_cast<std::uint32_t>(rows.Integer(0)),
                     .size = static_cast<std::uint64_t>(rows.Integer(1)),
                     .etag = std::string(rows.Text(2)),
                     .modified = ReadTime(rows.Integer(3)),
                     .checksum = ReadChecksum(rows, 4)});
  }
}

Answer<NewBlob> Store::CreateBlob() {
  Result<NewBlob> blob = parts_->blobs.Create();
  if (!blob) return RefuseInternal(blob.error());
  return std::move(*blob);
}

Answer<std::vector<NewBlob>> Store::DuplicateBlobs(const StoredVersion& version) {
  Answer<std::vector<Piece>> pieces = FindPieces(*parts_->database, version);
  if (!pieces) return Refuse(std::move(pieces.error()));
  std::vector<std::string> ids;
  ids.reserve(pieces->size());
  for (Piece& piece : *pieces) ids.push_back(std::move(piece.blob));
  Result<std::vector<NewBlob>> blobs = parts_->blobs.DuplicateAll(ids);
  if (!blobs) return RefuseInternal(blobs.error());
  return std::move(*blobs);
}

Answer<NewBlob> Store::DuplicateRange(const StoredVersion& version, std::uint64_t offset,
                                      std::uint64_t length) {
  if (!version.blob.empty()) {
    const bool whole = offset == 0 && length == version.size;
    Result<NewBlob> blob = whole ? parts_->blobs.Duplicate(version.blob)
                                 : parts_->blobs.DuplicateRange(version.blob, offset, length);
    if (!blob) return RefuseInternal(blob.error());
    return std::move(*blob);
  }
  const Answer<std::unique_ptr<Content>> content = OpenContent(version, offset, length);
  if (!content) return Refuse(content.error());
  Result<NewBlob> blob = parts_->blobs.Create();
  if (!blob) return RefuseInternal(blob.error());
  while (true) {
    const Result<std::optional<Stretch>> stretch = (*content)->Next();
    if (!stretch) return RefuseInternal(stretch.error());
    if (!*stretch) break;
    if (Status done = blob->WriteFile((*stretch)->fd, (*stretch)->offset, (*stretch)->length); !done)
      return RefuseInternal(done.error());
  }
  if (Status finished = blob->Finish(); !finished) return RefuseInternal(finished.error());
  return std::move(*blob);
}

}  // namespace s3conn::local
