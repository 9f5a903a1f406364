#include "support/s3conn_program.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "support/catch.h"

namespace s3conn {

S3connProgram::S3connProgram(std::string binary) : binary_(std::move(binary)) {
  environment["HOME"] = home_.path();
  environment["TMPDIR"] = temporary_.path();
}

ProgramCall S3connProgram::Call(const Arguments& arguments) const {
  ProgramCall call;
  call.command = {binary_};
  call.command.insert(call.command.end(), arguments.begin(), arguments.end());
  call.environment = environment;
  call.folder = folder_.path();
  return call;
}

RunningProgram S3connProgram::Start(const Arguments& arguments) const {
  return RunningProgram(Call(arguments));
}

ProgramResult S3connProgram::Run(const Arguments& arguments) const {
  return Run(Call(arguments));
}

ProgramResult S3connProgram::Run(const ProgramCall& call) const {
  return Checked(RunProgram(call));
}

ProgramResult S3connProgram::Checked(ProgramResult run) const {
  for (const std::string& secret : secrets) {
    const bool printed = Contains(run.out, secret) || Contains(run.err, secret);
    if (printed) FAIL("a secret was printed by: " << run.command);
  }
  return run;
}

Json S3connProgram::Succeed(const Arguments& arguments) const {
  const ProgramResult run = Run(arguments);
  RequireExit(run, 0);
  RequireSilence(run);
  return DocumentOf(run);
}

Json S3connProgram::Fail(int exit_status, const Arguments& arguments) const {
  const ProgramResult run = Run(arguments);
  RequireExit(run, exit_status);
  INFO(run.Describe());
  REQUIRE(SplitLines(run.err).size() == 1);
  return ErrorOf(run);
}

void RequireExit(const ProgramResult& run, int exit_status) {
  INFO(run.Describe());
  REQUIRE(run.signal == 0);
  REQUIRE(run.exit_status == exit_status);
}

void RequireSilence(const ProgramResult& run) {
  INFO(run.Describe());
  REQUIRE(run.err.empty());
}

Json DocumentOf(const ProgramResult& run) {
  INFO(run.Describe());
  Json document = Json::parse(run.out, nullptr, false);
  REQUIRE_FALSE(document.is_discarded());
  REQUIRE(run.out.ends_with('\n'));
  return document;
}

Json ErrorOf(const ProgramResult& run) {
  INFO(run.Describe());
  REQUIRE(run.err.ends_with('\n'));
  Json document = Json::parse(SplitLines(run.err).back(), nullptr, false);
  REQUIRE_FALSE(document.is_discarded());
  REQUIRE(FieldNames(document) == std::vector<std::string>{"Error"});
  return document["Error"];
}

std::vector<Json> LinesOf(const ProgramResult& run) {
  INFO(run.Describe());
  std::vector<Json> documents;
  for (const std::string& line : SplitLines(run.out)) {
    documents.push_back(Json::parse(line, nullptr, false));
    REQUIRE_FALSE(documents.back().is_discarded());
  }
  return documents;
}

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::vector<std::string> FieldNames(const Json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) names.push_back(item.key());
  return names;
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool IsRfc3339(const std::string& text) {
  constexpr std::string_view kSeconds = "dddd-dd-ddTdd:dd:dd";  // d is a digit
  if (text.size() <= kSeconds.size() || !text.ends_with('Z')) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < kSeconds.size(); ++i) {
    if (kSeconds[i] == 'd' ? !is_digit(text[i]) : text[i] != kSeconds[i]) return false;
  }
  const std::string fraction = text.substr(kSeconds.size(), text.size() - kSeconds.size() - 1);
  if (fraction.empty()) return true;
  return fraction.size() > 1 && fraction.front() == '.' &&
         std::all_of(fraction.begin() + 1, fraction.end(), is_digit);
}

}  // namespace s3conn
