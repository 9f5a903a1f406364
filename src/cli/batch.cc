#include "cli/batch.h"

#include <utility>

#include "output/error_report.h"

namespace s3conn {

Status Batch::Succeeded(const Record& record) {
  ++succeeded_;
  return Item(record);
}

Status Batch::Failed(Record record, const Error& error) {
  ++failed_;
  session_.Report(error);
  record.Add("Error", Record::Value(ErrorRecord(error)));
  record.Headline("failed: " + error.message);
  return Item(record);
}

Status Batch::Item(const Record& record) {
  if (Status opened = Open(); !opened) return opened;
  return renderer_.Item(0, record);
}

Status Batch::Open() {
  if (std::exchange(opened_, true)) return {};
  return renderer_.BeginList({{{"Results", {}}}});
}

Result<Outcome> Batch::End(Record summary, std::string headline) {
  if (Status opened = Open(); !opened) return Failure(std::move(opened.error()));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started_;
  summary.Add("Failed", failed_).Add("Seconds", elapsed.count());
  Record ending;
  ending.Add("Summary", Record::Value(std::move(summary)));
  ending.Headline(std::move(headline));
  if (Status printed = renderer_.EndList(ending); !printed) return Failure(std::move(printed.error()));
  return failed_ == 0 ? Outcome::kDone : Outcome::kSomeFailed;
}

}  // namespace s3conn
