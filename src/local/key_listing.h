#ifndef S3CONN_LOCAL_KEY_LISTING_H_
#define S3CONN_LOCAL_KEY_LISTING_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "local/refusal.h"
#include "local/sql_connection.h"

// How a page is made of the rows of a table that are in the order of their keys: for the sources of Store.

namespace s3conn::local {

// What a listing shows a key as: itself, or the common prefix that it shares with its neighbours.
struct KeyGrouping {
  std::string_view prefix;
  std::string_view delimiter;

  // The common prefix of a key that begins with `prefix`: up to the first delimiter after that, and with it.
  std::optional<std::string_view> CommonPrefix(std::string_view key) const;
};

// The least key that is greater than all that begin with `prefix`; nullopt where none is.
std::optional<std::string> EndOfPrefix(std::string_view prefix);

struct KeyListing {
  KeyGrouping grouping;
  std::string_view after;  // a key: exclusive. One that is a common prefix stands for all that is below it
  std::size_t limit = 0;
  // The rows with keys from `from` on, in order; column 1 is the key.
  std::function<Statement(std::string_view from)> seek;
  // The rows of the key `after` itself that are still to come; null: there are none.
  std::function<Statement()> rest{};
  std::function<void(const Statement& row)> take;
};

struct KeyPage {
  std::vector<std::string> prefixes{};
  bool truncated = false;
  std::string last{};
  bool last_is_prefix = false;
};

// A common prefix costs one seek, whatever is below it. kInternalError.
Answer<KeyPage> ListKeys(const KeyListing& listing);

// The place of a row among those of its key, as a client is given it: the row's name (a version id, say) and
// number. It holds its place when the row is gone by the next page: clients that delete what they list do
// that to every page.
std::string PlaceMarker(std::string_view name, std::int64_t row);
// The row's number; nullopt for what was not made by PlaceMarker.
std::optional<std::int64_t> ParsePlaceMarker(std::string_view marker);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_KEY_LISTING_H_
