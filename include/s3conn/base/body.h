#ifndef S3CONN_BASE_BODY_H_
#define S3CONN_BASE_BODY_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/base/units.h"

namespace s3conn {

// The bytes of a request. Used by one thread at a time; an attempt that is repeated rewinds it first.
class BodySource {
 public:
  virtual ~BodySource() = default;
  virtual ByteCount size() const = 0;
  // Fills part or all of `into`; 0 is the end. Fails, rather than giving fewer bytes than size() in all.
  virtual Result<std::size_t> Read(std::span<char> into) = 0;
  virtual Status Rewind() = 0;
  // All the bytes at once where they are in memory already; valid as long as the source is.
  virtual std::optional<std::string_view> Contiguous() const { return std::nullopt; }
  // kIntegrity where the bytes may no longer be those that were read: a file that was written to meanwhile.
  virtual Status CheckUnchanged() const { return {}; }
};

// Where the bytes of a 2xx response go. Used by one thread at a time.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // Called once for each response that will be written here, before its first byte; a retried request calls
  // it again. An error refuses the response and ends the exchange with that error.
  virtual Status Begin(const HttpResponse& head) = 0;
  virtual Status Write(std::string_view bytes) = 0;
};

// What an exchange sends and where the answer's bytes go; both may be absent. Without a sink the response
// keeps its body (of bounded size). Not owned.
struct Body {
  BodySource* source = nullptr;
  BodySink* sink = nullptr;
};

// A source over bytes held by itself.
class MemorySource final : public BodySource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}
  ByteCount size() const override { return ByteCount(bytes_.size()); }
  Result<std::size_t> Read(std::span<char> into) override;
  Status Rewind() override;
  std::optional<std::string_view> Contiguous() const override { return bytes_; }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
};

}  // namespace s3conn

#endif  // S3CONN_BASE_BODY_H_
