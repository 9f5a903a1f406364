#include "local/key_listing.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/text.h"

namespace s3conn::local {
namespace {

constexpr int kKeyColumn = 1;

class Walk {
 public:
  explicit Walk(const KeyListing& listing) : listing_(listing) {}

  Answer<KeyPage> Run() {
    if (listing_.limit == 0) return std::move(page_);
    Start();
    while (rows_) {
      const Result<bool> row = rows_->Step();
      if (!row) return RefuseInternal(row.error());
      if (!*row) {
        EndRows();
      } else if (!Show(rows_->Text(kKeyColumn))) {
        break;
      }
    }
    return std::move(page_);
  }

 private:
  void Start() {
    const KeyGrouping& grouping = listing_.grouping;
    if (!listing_.after.starts_with(grouping.prefix)) {
      Seek(std::string(std::max(grouping.prefix, listing_.after)));
      return;
    }
    if (grouping.CommonPrefix(listing_.after) == listing_.after) {
      Seek(EndOfPrefix(listing_.after));
    } else if (listing_.rest) {
      rest_is_next_ = true;
      rows_.emplace(listing_.rest());
    } else {
      Seek(Following());
    }
  }

  // The next key that can be: `after` and a NUL. From the begin where there is no `after`.
  std::string Following() const {
    std::string key(listing_.after);
    if (!key.empty()) key += '\0';
    return key;
  }

  void EndRows() {
    rows_.reset();
    if (std::exchange(rest_is_next_, false)) Seek(Following());
  }

  void Seek(const std::optional<std::string>& from) {
    rest_is_next_ = false;
    rows_.reset();
    if (from) rows_.emplace(listing_.seek(*from));
  }

  // Whether there may be more. `key` is valid until the next step.
  bool Show(std::string_view key) {
    if (!key.starts_with(listing_.grouping.prefix)) return false;
    if (shown_ == listing_.limit) {
      page_.truncated = true;
      return false;
    }
    ++shown_;
    const std::optional<std::string_view> common = listing_.grouping.CommonPrefix(key);
    page_.last = common.value_or(key);
    page_.last_is_prefix = common.has_value();
    if (common) {
      page_.prefixes.push_back(page_.last);
      Seek(EndOfPrefix(page_.last));
    } else {
      listing_.take(*rows_);
    }
    return true;
  }

  const KeyListing& listing_;
  std::optional<Statement> rows_;
  bool rest_is_next_ = false;  // rows_ are those of the key `after`; all others come behind
  std::size_t shown_ = 0;
  KeyPage page_;
};

}  // namespace

std::optional<std::string_view> KeyGrouping::CommonPrefix(std::string_view key) const {
  if (delimiter.empty()) return std::nullopt;
  const std::size_t at = key.find(delimiter, prefix.size());
  if (at == std::string_view::npos) return std::nullopt;
  return key.substr(0, at + delimiter.size());
}

std::optional<std::string> EndOfPrefix(std::string_view prefix) {
  const std::size_t last = prefix.find_last_not_of('\xff');
  if (last == std::string_view::npos) return std::nullopt;
  std::string end(prefix.substr(0, last + 1));
  end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

Answer<KeyPage> ListKeys(const KeyListing& listing) {
  return Walk(listing).Run();
}

std::string PlaceMarker(std::string_view name, std::int64_t row) {
  std::string marker(name);
  marker += '.';
  marker += std::to_string(row);
  return marker;
}

std::optional<std::int64_t> ParsePlaceMarker(std::string_view marker) {
  const std::size_t dot = marker.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::optional<std::uint64_t> row = ParseUnsigned(marker.substr(dot + 1));
  if (!row || *row > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return static_cast<std::int64_t>(*row);
}

}  // namespace s3conn::local
