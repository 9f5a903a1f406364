#include "cli/stream_target.h"

#include <utility>

#include "s3conn/s3/names.h"
#include "transfer/download.h"

namespace s3conn {
namespace {

class StreamTarget final : public DownloadTarget {
 public:
  explicit StreamTarget(OutputStream& stream) : stream_(stream) {}
  Status Write(std::string_view bytes) override { return stream_.Write(bytes); }
  // What went out can't be taken back.
  Result<Restart> StartOver() override { return Restart::kImpossible; }

 private:
  OutputStream& stream_;
};

}  // namespace

Status DownloadToOutput(Session& session, const GetObjectRequest& request) {
  const Result<Client*> client = session.client();
  if (!client) return Failure(client.error());
  StreamTarget target(session.out());
  const Result<DownloadResult> download = Download(**client, request, target, session.context());
  Status flushed = session.out().Flush();
  if (download) return flushed;
  return Failure(Error(download.error()).Within("get " + ShowObjectUri(request.bucket, request.key)));
}

}  // namespace s3conn
