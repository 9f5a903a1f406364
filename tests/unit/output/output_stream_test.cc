#include "output/output_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "output/renderer.h"
#include "support/catch.h"
#include "unit/output/captured_output.h"

namespace s3conn {
namespace {

// A pipe that nobody reads any more.
Descriptor ClosedPipe() {
  std::signal(SIGPIPE, SIG_IGN);
  int ends[2] = {};
  REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
  Descriptor(ends[0]).Close();
  return Descriptor(ends[1]);
}

TEST_CASE("what is written comes out at the flush and in order") {
  CapturedOutput output;
  REQUIRE(output.stream.Write("a"));
  REQUIRE(output.stream.Write("b"));
  CHECK(output.text().empty());
  REQUIRE(output.stream.Flush());
  CHECK(output.text() == "ab");
  REQUIRE(output.stream.Flush());
  CHECK(output.text() == "ab");
  CHECK_FALSE(output.stream.closed());
}

TEST_CASE("a full buffer goes out by itself") {
  CapturedOutput output;
  REQUIRE(output.stream.Write(std::string(65'535, 'x')));
  CHECK(output.text().empty());
  REQUIRE(output.stream.Write("x"));
  CHECK(output.text().size() == 65'536);
}

TEST_CASE("a reader that went away is a cancellation and the stream says so") {
  const Descriptor pipe = ClosedPipe();
  OutputStream stream(pipe.get());
  REQUIRE(stream.Write("x"));
  CHECK_FALSE(stream.closed());
  const Status flushed = stream.Flush();
  REQUIRE_FALSE(flushed);
  CHECK(flushed.error().kind == ErrorKind::kCancelled);
  CHECK(stream.closed());
}

TEST_CASE("every renderer tells when its reader went away") {
  const Descriptor pipe = ClosedPipe();
  OutputStream stream(pipe.get());
  for (const auto& renderer : {MakeJsonRenderer(stream, "/nonexistent"), MakeNdjsonRenderer(stream),
                               MakeTextRenderer(stream, Talk::kNormal)}) {
    const Status shown = renderer->One(Record().Add("Key", "k"));
    REQUIRE_FALSE(shown);
    CHECK(shown.error().kind == ErrorKind::kCancelled);
  }
}

TEST_CASE("a full disk is a local failure and not a reader that went away") {
  const Descriptor full(open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full);
  OutputStream stream(full.get());
  REQUIRE(stream.Write("x"));
  const Status flushed = stream.Flush();
  REQUIRE_FALSE(flushed);
  CHECK(flushed.error().kind == ErrorKind::kLocalIo);
  CHECK(flushed.error().message.find("standard output") != std::string::npos);
  CHECK_FALSE(stream.closed());
}

}  // namespace
}  // namespace s3conn
