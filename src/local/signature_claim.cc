#include "local/signature_claim.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "local/canonical_form.h"

namespace s3conn::local {
namespace {

using Place = SignatureClaim::Place;

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kAsymmetricAlgorithm = "AWS4-ECDSA-P256-SHA256";
constexpr std::uint64_t kLongestExpiry = 604'800;  // a week

tl::unexpected<Refusal> Malformed(Place place, std::string_view what) {
  if (place == Place::kQuery) return Refuse(Code::kAuthorizationQueryParametersError, std::string(what));
  std::string message = "The authorization header is malformed; ";
  message += what;
  return Refuse(Code::kAuthorizationHeaderMalformed, std::move(message));
}

tl::unexpected<Refusal> RefuseVersion2() {
  return Refuse(
      Code::kInvalidRequest,
      "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
}

tl::unexpected<Refusal> RefuseAsymmetric() {
  return Refuse(Code::kNotImplemented, "Signatures by AWS4-ECDSA-P256-SHA256 are not verified here.");
}

bool IsDay(std::string_view text) {
  return text.size() == 8 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "AKID/20260115/us-east-1/s3/aws4_request", from its end: an access key may hold a slash.
Answer<void> ReadCredential(std::string_view text, SignatureClaim& claim) {
  std::array<std::string_view, 4> scope;  // terminator, service, region, day
  for (std::string_view& part : scope) {
    const std::size_t slash = text.rfind('/');
    if (slash == std::string_view::npos) {
      return Malformed(claim.place,
                       "the Credential is mal-formed; expecting "
                       "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    part = text.substr(slash + 1);
    text = text.substr(0, slash);
  }
  if (scope[0] != "aws4_request") {
    return Malformed(claim.place, "incorrect terminator. This endpoint uses \"aws4_request\".");
  }
  if (scope[1] != "s3") return Malformed(claim.place, "incorrect service. This endpoint belongs to \"s3\".");
  if (text.empty() || scope[2].empty() || !IsDay(scope[3])) {
    return Malformed(claim.place, "the Credential has no access key, no region, or no day as YYYYMMDD.");
  }
  claim.access_key = text;
  claim.region = scope[2];
  claim.day = scope[3];
  return {};
}

// A list that is not in order could be read in two ways.
Answer<void> ReadSignedHeaders(std::string_view list, SignatureClaim& claim) {
  while (true) {
    const std::string_view name = list.substr(0, list.find(';'));
    if (!IsToken(name) || AsciiLower(name) != name) {
      return Malformed(claim.place, "SignedHeaders has to be names in lower case with ';' between them.");
    }
    if (!claim.signed_headers.empty() && claim.signed_headers.back() >= name) {
      return Malformed(claim.place, "SignedHeaders has to be sorted, with each name once.");
    }
    claim.signed_headers.emplace_back(name);
    if (name.size() == list.size()) return {};
    list.remove_prefix(name.size() + 1);
  }
}

struct AuthorizationFields {
  std::string_view credential{};
  std::string_view signed_headers{};
  std::string_view signature{};
};

Answer<AuthorizationFields> SplitAuthorization(std::string_view text) {
  AuthorizationFields fields;
  const std::array<std::pair<std::string_view, std::string_view*>, 3> known = {
      {{"Credential", &fields.credential},
       {"SignedHeaders", &fields.signed_headers},
       {"Signature", &fields.signature}}};
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find(','));
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
    const std::string_view pair = Trim(piece);
    const std::size_t equals = pair.find('=');
    const auto field = std::find_if(known.begin(), known.end(),
                                    [&](const auto& entry) { return entry.first == pair.substr(0, equals); });
    if (equals == std::string_view::npos || field == known.end() || !field->second->empty()) {
      return Malformed(Place::kHeader, "expecting Credential, SignedHeaders and Signature, each once.");
    }
    *field->second = pair.substr(equals + 1);
  }
  for (const auto& [name, value] : known) {
    if (value->empty()) {
      std::string what = "missing ";
      what += name;
      what += '.';
      return Malformed(Place::kHeader, what);
    }
  }
  return fields;
}

// x-amz-date, else Date; either may have the form of the other.
Answer<void> ReadDate(const Headers& headers, SignatureClaim& claim) {
  std::string text = CanonicalFieldValue(headers, "x-amz-date");
  if (text.empty()) text = CanonicalFieldValue(headers, "date");
  if (const std::optional<Timestamp> time = ParseAmzDate(text)) {
    claim.time = *time;
    claim.amz_date = std::move(text);
    return {};
  }
  const std::optional<Timestamp> time = ParseHttpDate(text);
  if (!time) {
    return Refuse(Code::kAccessDenied, "AWS authentication requires a valid Date or x-amz-date header");
  }
  claim.time = *time;
  claim.amz_date = FormatAmzDate(*time);
  return {};
}

Answer<void> CheckDay(const SignatureClaim& claim) {
  if (claim.amz_date.starts_with(claim.day)) return {};
  return Malformed(claim.place, "the day in the Credential is not that of the date of the request.");
}

Answer<SignatureClaim> ReadHeaderClaim(const Request& request, std::string_view authorization) {
  const std::string_view scheme = authorization.substr(0, authorization.find(' '));
  if (scheme == "AWS") return RefuseVersion2();
  if (scheme == kAsymmetricAlgorithm) return RefuseAsymmetric();
  if (scheme != kAlgorithm) {
    return Refuse(Code::kInvalidArgument, "Unsupported Authorization Type",
                  {{"ArgumentName", "Authorization"}});
  }
  const auto fields = SplitAuthorization(authorization.substr(scheme.size()));
  if (!fields) return Refuse(fields.error());
  SignatureClaim claim;
  claim.signature = fields->signature;
  Answer<void> read = ReadCredential(fields->credential, claim);
  if (read) read = ReadSignedHeaders(fields->signed_headers, claim);
  if (read) read = ReadDate(request.headers, claim);
  if (read) read = CheckDay(claim);
  if (!read) return Refuse(std::move(read.error()));
  claim.has_session_token = request.headers.Find("x-amz-security-token") != nullptr;
  claim.payload = CanonicalFieldValue(request.headers, "x-amz-content-sha256");
  if (claim.payload.empty()) {
    return Refuse(Code::kInvalidRequest, "Missing required header for this request: x-amz-content-sha256");
  }
  return claim;
}

using Query = std::vector<QueryParameter>;

bool Has(const Query& query, std::string_view name) {
  return std::any_of(query.begin(), query.end(), [&](const QueryParameter& p) { return p.name == name; });
}

std::string ValueOf(const Query& query, std::string_view name) {
  const auto found =
      std::find_if(query.begin(), query.end(), [&](const QueryParameter& p) { return p.name == name; });
  return found == query.end() ? std::string() : found->value.value_or("");
}

// Each of the six has to be there, once and with a value.
bool HasAllParameters(const Query& query) {
  constexpr auto kRequired =
      std::to_array<std::string_view>({"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
                                       "X-Amz-SignedHeaders", "X-Amz-Signature"});
  return std::all_of(kRequired.begin(), kRequired.end(), [&](std::string_view name) {
    return !ValueOf(query, name).empty() &&
           std::count_if(query.begin(), query.end(),
                         [&](const QueryParameter& p) { return p.name == name; }) == 1;
  });
}

Answer<void> ReadValidity(const Query& query, SignatureClaim& claim) {
  claim.amz_date = ValueOf(query, "X-Amz-Date");
  const std::optional<Timestamp> time = ParseAmzDate(claim.amz_date);
  if (!time) {
    return Malformed(claim.place, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  claim.time = *time;
  const std::optional<std::uint64_t> seconds = ParseUnsigned(ValueOf(query, "X-Amz-Expires"));
  if (!seconds || *seconds == 0 || *seconds > kLongestExpiry) {
    return Malformed(claim.place, "X-Amz-Expires must be a number of seconds from 1 to 604800, a week");
  }
  claim.expires = std::chrono::seconds(*seconds);
  return {};
}

Answer<SignatureClaim> ReadQueryClaim(const Request& request, const Query& query) {
  const std::string algorithm = ValueOf(query, "X-Amz-Algorithm");
  if (algorithm == kAsymmetricAlgorithm) return RefuseAsymmetric();
  if (!algorithm.empty() && algorithm != kAlgorithm) {
    return Malformed(Place::kQuery, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
  }
  if (!HasAllParameters(query)) {
    return Malformed(Place::kQuery,
                     "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                     "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
  }
  SignatureClaim claim;
  claim.place = Place::kQuery;
  claim.signature = ValueOf(query, "X-Amz-Signature");
  Answer<void> read = ReadCredential(ValueOf(query, "X-Amz-Credential"), claim);
  if (read) read = ReadSignedHeaders(ValueOf(query, "X-Amz-SignedHeaders"), claim);
  if (read) read = ReadValidity(query, claim);
  if (read) read = CheckDay(claim);
  if (!read) return Refuse(std::move(read.error()));
  claim.has_session_token =
      Has(query, "X-Amz-Security-Token") || request.headers.Find("x-amz-security-token") != nullptr;
  // Some signers say it in the query (the JavaScript SDK), some in a signed header, most not at all.
  claim.payload = ValueOf(query, "X-Amz-Content-Sha256");
  if (claim.payload.empty()) claim.payload = CanonicalFieldValue(request.headers, "x-amz-content-sha256");
  if (claim.payload.empty()) claim.payload = "UNSIGNED-PAYLOAD";
  return claim;
}

}  // namespace

std::string SignatureClaim::Scope() const {
  return day + "/" + region + "/s3/aws4_request";
}

Answer<SignatureClaim> ReadSignatureClaim(const Request& request) {
  const std::optional<Query> query = ParseQuery(SplitTarget(request.target).query);
  if (!query) return Refuse(Code::kInvalidUri);
  std::size_t mechanisms = 0;
  std::string_view authorization;
  for (const Header& header : request.headers) {
    if (!EqualsIgnoringCase(header.name, "authorization")) continue;
    authorization = header.value;
    ++mechanisms;
  }
  const bool in_header = mechanisms > 0;
  const bool in_query =
      Has(*query, "X-Amz-Algorithm") || Has(*query, "X-Amz-Credential") || Has(*query, "X-Amz-Signature");
  const bool version_2 = Has(*query, "AWSAccessKeyId") || Has(*query, "Signature");
  mechanisms += (in_query ? 1U : 0U) + (version_2 ? 1U : 0U);
  if (mechanisms == 0) return Refuse(Code::kAccessDenied);
  if (mechanisms > 1) {
    return Refuse(
        Code::kInvalidArgument,
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query "
        "string parameter or the Authorization header should be specified",
        {{"ArgumentName", "Authorization"}});
  }
  if (in_header) return ReadHeaderClaim(request, authorization);
  return in_query ? ReadQueryClaim(request, *query) : RefuseVersion2();
}

}  // namespace s3conn::local
