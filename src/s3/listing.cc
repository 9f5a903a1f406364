#include "s3/listing.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace s3conn {

tl::unexpected<Error> BadListing(std::string message) {
  return Failure(ErrorKind::kService, std::move(message),
                 "the store's listing can't be trusted; nothing was assumed");
}

Result<std::string> DecodeName(std::string_view text, bool url_encoded) {
  if (!url_encoded || text.find_first_of("%+") == std::string_view::npos) return std::string(text);
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  std::optional<std::string> decoded = PercentDecode(spaced);
  if (!decoded)
    return BadListing("a key in the listing is not properly encoded: '" + EscapeForTerminal(text) + "'");
  return std::move(*decoded);
}

bool IsUrlEncoded(XmlElement listing) {
  return listing.ChildText("EncodingType") == "url";
}

Result<bool> ReadIsTruncated(XmlElement listing) {
  const std::string_view truncated = listing.ChildText("IsTruncated");
  if (truncated == "true" || truncated == "false") return truncated == "true";
  return BadListing("the store does not say whether there is more");
}

Result<ByteCount> ReadSize(std::string_view text) {
  const auto size = ParseUnsigned(text);
  if (!size) return BadListing("a size in the listing is no number: '" + EscapeForTerminal(text) + "'");
  return ByteCount(*size);
}

Result<std::string> DecodeMarker(std::string_view text, bool url_encoded, std::string_view last) {
  if (text == last) return std::string(text);
  return DecodeName(text, url_encoded);
}

Status MarkerWalk::Advance(const std::string& key_marker, const std::string& id_marker) {
  if (key_marker.empty()) {
    return BadListing("the listing is cut off and the store does not say where to go on");
  }
  if (cycle_.Repeats(Joined(key_marker, id_marker))) {
    return BadListing("the store sent the same markers twice, so the listing would never end");
  }
  return {};
}

}  // namespace s3conn
