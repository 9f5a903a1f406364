#ifndef S3CONN_OUTPUT_ERROR_REPORT_H_
#define S3CONN_OUTPUT_ERROR_REPORT_H_

#include <string>

#include "output/record.h"
#include "s3conn/base/error.h"

namespace s3conn {

// {"Kind","Code","Message","HttpStatus","RequestId","Resource","Retryable","Hint"}: an error as scripts see
// it. Code is the service's, else the kind once more; what the service did not say is left out.
Record ErrorRecord(const Error& error);

// {"Error":{…}} on one line, with its newline.
std::string ErrorAsJson(const Error& error);

// "s3conn: message" and, on a second line, the hint; escaped, with newlines.
std::string ErrorAsText(const Error& error);

}  // namespace s3conn

#endif  // S3CONN_OUTPUT_ERROR_REPORT_H_
