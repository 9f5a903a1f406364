#include "local/refusal.h"

#include <algorithm>
#include <array>

namespace s3conn::local {
namespace {

struct Meaning {
  Code code;
  std::string_view name;
  int status;
  std::string_view text;
};

// In the order of the enumeration.
constexpr auto kMeanings = std::to_array<Meaning>({
    {Code::kAccessDenied, "AccessDenied", 403, "Access Denied"},
    {Code::kAuthorizationHeaderMalformed, "AuthorizationHeaderMalformed", 400,
     "The authorization header is malformed."},
    {Code::kAuthorizationQueryParametersError, "AuthorizationQueryParametersError", 400,
     "The authorization parameters in the query are malformed."},
    {Code::kBadDigest, "BadDigest", 400,
     "The Content-MD5 or checksum you specified did not match what was received."},
    {Code::kBadRequest, "BadRequest", 400, "The request could not be understood."},
    {Code::kBucketAlreadyOwnedByYou, "BucketAlreadyOwnedByYou", 409,
     "Your previous request to create the named bucket succeeded and you already own it."},
    {Code::kBucketNotEmpty, "BucketNotEmpty", 409, "The bucket you tried to delete is not empty"},
    {Code::kEntityTooLarge, "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size"},
    {Code::kEntityTooSmall, "EntityTooSmall", 400,
     "Your proposed upload is smaller than the minimum allowed size"},
    {Code::kIncompleteBody, "IncompleteBody", 400,
     "You did not provide the number of bytes specified by the Content-Length HTTP header."},
    {Code::kInternalError, "InternalError", 500, "We encountered an internal error. Please try again."},
    {Code::kInvalidAccessKeyId, "InvalidAccessKeyId", 403,
     "The AWS Access Key Id you provided does not exist in our records."},
    {Code::kInvalidArgument, "InvalidArgument", 400, "Invalid Argument"},
    {Code::kInvalidBucketName, "InvalidBucketName", 400, "The specified bucket is not valid."},
    {Code::kInvalidChunkSizeError, "InvalidChunkSizeError", 403,
     "Only the last chunk is allowed to have a size less than 8192 bytes"},
    {Code::kInvalidDigest, "InvalidDigest", 400, "The Content-MD5 you specified is not valid."},
    {Code::kInvalidLocationConstraint, "InvalidLocationConstraint", 400,
     "The specified location-constraint is not valid"},
    {Code::kInvalidObjectState, "InvalidObjectState", 403,
     "The operation is not valid for the object's storage class"},
    {Code::kInvalidPart, "InvalidPart", 400,
     "One or more of the specified parts could not be found. The part may not have been uploaded, or the "
     "specified entity tag may not match the part's entity tag."},
    {Code::kInvalidPartNumber, "InvalidPartNumber", 416, "The requested partnumber is not satisfiable"},
    {Code::kInvalidPartOrder, "InvalidPartOrder", 400,
     "The list of parts was not in ascending order. Parts must be ordered by part number."},
    {Code::kInvalidRange, "InvalidRange", 416, "The requested range is not satisfiable"},
    {Code::kInvalidRedirectLocation, "InvalidRedirectLocation", 400,
     "The website redirect location must have a prefix of 'http://' or 'https://' or '/'."},
    {Code::kInvalidRequest, "InvalidRequest", 400, "Invalid Request"},
    {Code::kInvalidStorageClass, "InvalidStorageClass", 400, "The storage class you specified is not valid"},
    {Code::kInvalidTag, "InvalidTag", 400, "The tag provided was not a valid tag."},
    {Code::kInvalidToken, "InvalidToken", 400, "The provided token is malformed or otherwise invalid."},
    {Code::kInvalidUri, "InvalidURI", 400, "Couldn't parse the specified URI."},
    {Code::kKeyTooLong, "KeyTooLongError", 400, "Your key is too long"},
    {Code::kMalformedTrailer, "MalformedTrailerError", 400,
     "The request contained trailing data that was not well-formed or did not conform to our published "
     "schema."},
    {Code::kMalformedXml, "MalformedXML", 400,
     "The XML you provided was not well-formed or did not validate against our published schema"},
    {Code::kMetadataTooLarge, "MetadataTooLarge", 400,
     "Your metadata headers exceed the maximum allowed metadata size"},
    {Code::kMethodNotAllowed, "MethodNotAllowed", 405,
     "The specified method is not allowed against this resource."},
    {Code::kMissingContentLength, "MissingContentLength", 411,
     "You must provide the Content-Length HTTP header."},
    {Code::kNoSuchBucket, "NoSuchBucket", 404, "The specified bucket does not exist"},
    {Code::kNoSuchKey, "NoSuchKey", 404, "The specified key does not exist."},
    {Code::kNoSuchUpload, "NoSuchUpload", 404,
     "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted "
     "or "
     "completed."},
    {Code::kNoSuchVersion, "NoSuchVersion", 404, "The specified version does not exist."},
    {Code::kNotImplemented, "NotImplemented", 501,
     "A header or query you provided requested a function that is not implemented."},
    {Code::kNotModified, "NotModified", 304, "Not Modified"},
    {Code::kPreconditionFailed, "PreconditionFailed", 412,
     "At least one of the pre-conditions you specified did not hold"},
    {Code::kRequestHeaderSectionTooLarge, "RequestHeaderSectionTooLarge", 400,
     "Your request header section exceeds the maximum allowed request header section size"},
    {Code::kRequestTimeTooSkewed, "RequestTimeTooSkewed", 403,
     "The difference between the request time and the current time is too large."},
    {Code::kRequestTimeout, "RequestTimeout", 400,
     "Your socket connection to the server was not read from or written to within the timeout period."},
    {Code::kSignatureDoesNotMatch, "SignatureDoesNotMatch", 403,
     "The request signature we calculated does not match the signature you provided. Check your key and "
     "signing "
     "method."},
    {Code::kContentSha256Mismatch, "XAmzContentSHA256Mismatch", 400,
     "The provided 'x-amz-content-sha256' header does not match what was computed."},
});

const Meaning& MeaningOf(Code code) {
  return kMeanings.at(static_cast<std::size_t>(code));
}

constexpr bool InOrder() {
  for (std::size_t i = 0; i < kMeanings.size(); ++i) {
    if (static_cast<std::size_t>(kMeanings[i].code) != i) return false;
  }
  return true;
}
static_assert(InOrder());

}  // namespace

std::string_view CodeName(Code code) {
  return MeaningOf(code).name;
}

int CodeStatus(Code code) {
  return MeaningOf(code).status;
}

std::string_view CodeText(Code code) {
  return MeaningOf(code).text;
}

tl::unexpected<Refusal> Refuse(Code code, std::string message,
                               std::vector<std::pair<std::string, std::string>> details) {
  return tl::unexpected<Refusal>(
      Refusal{.code = code, .message = std::move(message), .details = std::move(details)});
}

tl::unexpected<Refusal> Refuse(Refusal refusal) {
  return tl::unexpected<Refusal>(std::move(refusal));
}

tl::unexpected<Refusal> RefuseInternal(const Error& error) {
  return tl::unexpected<Refusal>(Refusal{.code = Code::kInternalError, .cause = error.message});
}

}  // namespace s3conn::local
