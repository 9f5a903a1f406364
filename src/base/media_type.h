#ifndef S3CONN_BASE_MEDIA_TYPE_H_
#define S3CONN_BASE_MEDIA_TYPE_H_

#include <string_view>

namespace s3conn {

// The media type that a name's extension stands for ("report.pdf": "application/pdf"), whatever its letter
// case;
// "" for one that is not known. The same on every machine: no file of the system is read. Compressed files
// are what they are compressed with: a browser that undoes a Content-Encoding would hand out other bytes than
// were put. https://www.iana.org/assignments/media-types/
std::string_view MediaTypeOf(std::string_view name);

}  // namespace s3conn

#endif  // S3CONN_BASE_MEDIA_TYPE_H_
