#ifndef S3CONN_LOCAL_TAGGING_H_
#define S3CONN_LOCAL_TAGGING_H_

#include <string_view>

#include "base/xml.h"
#include "local/refusal.h"
#include "local/stored_object.h"
#include "local/xml_writer.h"

namespace s3conn::local {

// Tags of objects: at most 10, keys of 1 to 128 characters, values up to 256, no key twice, none that begins
// with "aws:". kInvalidTag with TagKey or TagValue, kBadRequest for too many.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html

// x-amz-tagging: "a=b&c=d", percent-encoded. "" has none. kInvalidArgument for what can't be decoded.
Answer<Tags> ParseTagHeader(std::string_view header);

// <Tagging><TagSet><Tag><Key/><Value/></Tag>…; kMalformedXml.
Answer<Tags> ReadTagDocument(XmlElement tagging);
void WriteTagSet(const Tags& tags, XmlWriter& xml);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_TAGGING_H_
