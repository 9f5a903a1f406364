#include "output/error_report.h"

#include <fmt/format.h>

#include "output/json_text.h"

namespace s3conn {

Record ErrorRecord(const Error& error) {
  const ServiceDetail none;
  const ServiceDetail& service = error.service ? *error.service : none;
  Record record;
  record.Add("Kind", ErrorKindName(error.kind));
  record.Add("Code", service.code.empty() ? ErrorKindName(error.kind) : std::string_view(service.code));
  record.Add("Message", error.message);
  if (service.http_status != 0) record.Add("HttpStatus", static_cast<std::uint64_t>(service.http_status));
  record.AddUnlessEmpty("RequestId", service.request_id);
  record.AddUnlessEmpty("Resource", service.resource);
  record.Add("Retryable", error.retryable);
  record.AddUnlessEmpty("Hint", error.hint);
  return record;
}

std::string ErrorAsJson(const Error& error) {
  std::string text;
  AppendJson(text, Record().Add("Error", ErrorRecord(error)));
  text += '\n';
  return text;
}

std::string ErrorAsText(const Error& error) {
  std::string text = fmt::format("s3conn: {}\n", error.message);
  if (!error.hint.empty()) text += fmt::format("  hint: {}\n", error.hint);
  return text;
}

}  // namespace s3conn
