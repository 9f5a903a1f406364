#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/choices.h"
#include "cli/command.h"
#include "cli/object_options.h"
#include "cli/object_record.h"
#include "s3conn/base/time.h"

namespace s3conn {
namespace {

constexpr std::array<std::string_view, 4> kMethods = {"GET", "PUT", "DELETE", "HEAD"};

struct Arguments {
  std::string object;
  std::string method = "GET";
  std::string expires_in = "1h";
  std::string version_id;
  std::string content_type;
};

Result<std::string> ParseMethod(const std::string& text) {
  for (const std::string_view method : kMethods) {
    if (EqualsIgnoringCase(method, text)) return std::string(method);
  }
  return Failure(ErrorKind::kUsage, fmt::format("--method '{}' is not known", EscapeForTerminal(text)),
                 fmt::format("one of {}", fmt::join(kMethods, ", ")));
}

Result<std::chrono::seconds> ParseExpiry(const std::string& text) {
  constexpr std::chrono::seconds kLongest = std::chrono::days(7);  // S3's limit
  const auto duration = ParseDuration(text);
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(duration.value_or(std::chrono::seconds(0)));
  if (seconds >= std::chrono::seconds(1) && seconds <= kLongest) return seconds;
  return Failure(ErrorKind::kUsage, fmt::format("--expires-in '{}' is not valid", EscapeForTerminal(text)),
                 "from 1s to 7d, as in 30m, 12h or 7d; a bare number is seconds");
}

Status CheckUpload(const Arguments& arguments, const std::string& key) {
  if (Status valid = CheckNewKey(key); !valid) return valid;
  if (!arguments.version_id.empty()) {
    return Failure(ErrorKind::kUsage, "--version-id is of an object that exists",
                   "leave it out with --method PUT");
  }
  ObjectSettings settings;
  settings.content_type = arguments.content_type;
  return CheckObjectSettings(settings);
}

Result<OperationRequest> MakeOperation(const Arguments& arguments) {
  Result<ObjectUri> object = ParseObjectArgument(arguments.object);
  if (!object) return Failure(std::move(object.error()));
  Result<std::string> method = ParseMethod(arguments.method);
  if (!method) return Failure(std::move(method.error()));
  if (*method == "PUT") {
    if (Status valid = CheckUpload(arguments, object->key); !valid) return Failure(std::move(valid.error()));
  } else if (!arguments.content_type.empty()) {
    return Failure(ErrorKind::kUsage, "--content-type is of what is uploaded", "give --method PUT with it");
  }
  OperationRequest operation;
  operation.method = std::move(*method);
  operation.bucket = std::move(object->bucket);
  operation.key = std::move(object->key);
  if (!arguments.version_id.empty()) operation.query.push_back({"versionId", arguments.version_id});
  if (!arguments.content_type.empty()) operation.headers.Add("Content-Type", arguments.content_type);
  return operation;
}

// RFC 3986, 5.2.4: clients take such segments out of a path before they send it.
bool HasDotSegment(std::string_view key) {
  for (std::size_t begin = 0; begin <= key.size();) {
    const std::size_t end = std::min(key.find('/', begin), key.size());
    const std::string_view segment = key.substr(begin, end - begin);
    if (segment == "." || segment == "..") return true;
    begin = end + 1;
  }
  return false;
}

// A URL that has ended already is of no use.
Status CheckSession(const PresignedRequest& presigned, std::chrono::seconds valid_for) {
  const Timestamp now = presigned.expires - valid_for;
  if (!presigned.credentials_expire || *presigned.credentials_expire > now) return {};
  return Failure(ErrorKind::kCredentials, "the session has ended", "get fresh credentials");
}

void WarnOfPath(const Session& session, const std::string& key) {
  if (!HasDotSegment(key)) return;
  session.Warn(
      "the key has a '.' or '..' between its slashes: most clients resolve it, and ask for another key; "
      "curl --path-as-is does not");
}

void WarnOfSession(const Session& session, const PresignedRequest& presigned) {
  if (presigned.credentials_expire && *presigned.credentials_expire < presigned.expires) {
    session.Warn(fmt::format("the URL ends with the session that signed it, at {}",
                             FormatRfc3339(*presigned.credentials_expire)));
  } else if (presigned.session_credentials && !presigned.credentials_expire) {
    session.Warn("the URL was signed with session credentials and ends with them, if that is earlier");
  }
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  Result<OperationRequest> operation = MakeOperation(arguments);
  if (!operation) return Failure(std::move(operation.error()));
  const Result<std::chrono::seconds> valid_for = ParseExpiry(arguments.expires_in);
  if (!valid_for) return Failure(valid_for.error());
  const Result<const Settings*> settings = session.settings();
  if (!settings) return Failure(settings.error());
  if ((*settings)->local_folder) {
    return Failure(ErrorKind::kUsage, "a URL of the local store would lead nowhere: no server answers it",
                   "serve the folder with s3conn serve, and presign for that endpoint");
  }
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const Result<PresignedRequest> presigned = tools->client.Presign(*operation, *valid_for, session.context());
  if (!presigned) return Failure(Error(presigned.error()).Within("presign a URL"));
  if (Status lasting = CheckSession(*presigned, *valid_for); !lasting) {
    return Failure(std::move(lasting.error()).Within("presign a URL"));
  }
  WarnOfPath(session, operation->key);
  WarnOfSession(session, *presigned);

  Timestamp expires = presigned->expires;
  if (presigned->credentials_expire) expires = std::min(expires, *presigned->credentials_expire);
  Record record = ObjectRecord(operation->bucket, operation->key);
  record.Add("Method", operation->method);
  record.Add("Url", presigned->url).Add("Expires", expires);
  Record headers;
  for (const Header& header : presigned->headers) headers.Add(header.name, header.value);
  if (!headers.fields().empty()) record.Add("Headers", Record::Value(std::move(headers)));
  record.Datum(presigned->url);
  return Done(tools->renderer.One(record));
}

}  // namespace

Command PresignCommand() {
  return {
      "presign",
      {},
      "Objects",
      "make a URL that works without credentials",
      "Signs a request for one object, without sending it. Whoever has the URL may do what it says until it "
      "expires, or until the session that signed it ends. As text only the URL is printed. \"Headers\" in "
      "the "
      "JSON are those that must be sent with it.",
      {{"s3conn presign s3://my-data/report.pdf", "for downloading, an hour long"},
       {"curl -T in.csv \"$(s3conn presign s3://my-data/in.csv --method PUT --output text)\"",
        "for uploading"}},
      [](CLI::App& app) -> RunCommand {
        const auto arguments = std::make_shared<Arguments>();
        app.add_option("object", arguments->object, "the object: s3://BUCKET/KEY")
            ->type_name("OBJECT")
            ->required();
        OfferChoices(app.add_option("--method", arguments->method, "GET (the default), PUT, DELETE or HEAD")
                         ->type_name("METHOD"),
                     {{"GET"}, {"PUT"}, {"DELETE"}, {"HEAD"}});
        app.add_option("--expires-in", arguments->expires_in,
                       "how long it is good for, as in 30m or 12h; default 1h, at most 7d")
            ->type_name("TIME");
        DeclareVersion(app, arguments->version_id);
        app.add_option("--content-type", arguments->content_type, "the media type that an upload must have")
            ->type_name("TYPE");
        return [arguments](Session& session) { return Run(session, *arguments); };
      }};
}

}  // namespace s3conn
