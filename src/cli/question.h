#ifndef S3CONN_CLI_QUESTION_H_
#define S3CONN_CLI_QUESTION_H_

#include <stop_token>
#include <string>
#include <string_view>

#include "s3conn/base/error.h"

namespace s3conn {

// Whether somebody is there to answer: standard input and standard error are terminals.
bool CanAsk();

// Puts a question on standard error, and gives the line that is typed, without its end; an end of input is an
// empty answer. `question` is fit for a terminal. kCancelled, kLocalIo.
Result<std::string> Ask(std::string_view question, const std::stop_token& stop);

}  // namespace s3conn

#endif  // S3CONN_CLI_QUESTION_H_
