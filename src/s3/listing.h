#ifndef S3CONN_S3_LISTING_H_
#define S3CONN_S3_LISTING_H_

#include <string>
#include <string_view>

#include "base/xml.h"
#include "s3/token_cycle.h"
#include "s3conn/base/error.h"
#include "s3conn/base/units.h"

namespace s3conn {

// The Error for a listing that must not be believed: kService, and it ends the walk.
tl::unexpected<Error> BadListing(std::string message);

// A name as a listing gives it. With encoding-type=url S3 encodes as HTML forms do: a space is '+', a plus
// sign
// "%2B". A broken escape is a bad listing.
Result<std::string> DecodeName(std::string_view text, bool url_encoded);

bool IsUrlEncoded(XmlElement listing);
// Every page says whether there is more; one that does not is a bad listing.
Result<bool> ReadIsTruncated(XmlElement listing);
Result<ByteCount> ReadSize(std::string_view text);

// NextKeyMarker of a page whose last entry has the key `last`. AWS encodes it as it does keys, Ceph does not;
// the marker is the last entry's key as a rule, and that tells which it is.
Result<std::string> DecodeMarker(std::string_view text, bool url_encoded, std::string_view last);

// Watches over a walk by markers (a key, and an id among those of one key): each page must lead on.
class MarkerWalk {
 public:
  MarkerWalk(const std::string& key_marker, const std::string& id_marker)
      : cycle_(Joined(key_marker, id_marker)) {}

  // A page that is cut off goes on at these. Bad where there are none, or where they were seen before.
  Status Advance(const std::string& key_marker, const std::string& id_marker);

 private:
  static std::string Joined(const std::string& key, const std::string& id) { return id + '\0' + key; }

  TokenCycle cycle_;
};

}  // namespace s3conn

#endif  // S3CONN_S3_LISTING_H_
