#include "transfer/write_condition.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "unit/transfer/fake_store.h"

namespace s3conn {
namespace {

using Lines = std::vector<std::string>;
using ETagForm = WriteConditions::ETagForm;

constexpr std::string_view kETag = "5d41402abc4b2a76b9719d911017c592";  // of "hello"

WriteConditions IfMatch(std::string_view etag) {
  WriteConditions conditions;
  conditions.if_match = etag;
  return conditions;
}

WriteConditions IfNoneMatch() {
  WriteConditions conditions;
  conditions.if_none_match = true;
  return conditions;
}

Status Check(FakeStore& store, WriteConditions conditions) {
  return CheckConditions(store.fixture.client, {"bucket", "k", std::move(conditions)}, store.context());
}

Status Refused(int status, std::string_view code) {
  Error error;
  error.kind = status == 409 ? ErrorKind::kConflict : ErrorKind::kPrecondition;
  if (status == 501) error.kind = ErrorKind::kService;
  error.message = code;
  error.service = ServiceDetail{};
  error.service->http_status = status;
  return Failure(std::move(error));
}

// Writes down under which conditions it was called; answers with the results in their order, then succeeds.
struct Writer {
  Status operator()(const WriteConditions& conditions) {
    std::string line = conditions.if_none_match ? "none" : "any";
    if (!conditions.if_match.empty()) {
      line = conditions.etag_form == ETagForm::kBare ? "bare" : "quoted";
    }
    calls.push_back(std::move(line));
    if (before_answer) before_answer();
    return calls.size() <= results.size() ? results[calls.size() - 1] : Status();
  }

  std::vector<Status> results;
  std::function<void()> before_answer{};
  Lines calls{};
};

Result<Written> UnlessExists(FakeStore& store, Writer& writer) {
  return WriteUnlessExists(store.fixture.client, {"bucket", "k"}, store.context(),
                           [&writer](const WriteConditions& conditions) { return writer(conditions); });
}

Status Conditionally(FakeStore& store, Writer& writer, WriteConditions conditions) {
  return WriteConditionally(store.fixture.client, std::move(conditions),
                            [&writer](const WriteConditions& form) { return writer(form); });
}

TEST_CASE("conditions are looked at on a store of one's own and left to AWS") {
  FakeStore store;
  store.Put("bucket/k", "hello");
  CHECK(Check(store, IfMatch(kETag)));
  CHECK(store.Sent() == Lines{"HEAD bucket/k"});
  FakeStore aws(Aws());
  CHECK(Check(aws, IfMatch("other")));
  CHECK(aws.Sent().empty());
}

TEST_CASE("without conditions nothing is looked at") {
  FakeStore store;
  CHECK(Check(store, {}));
  CHECK(store.Sent().empty());
}

TEST_CASE("what exists does not fit the condition that it does not") {
  FakeStore store;
  CHECK(Check(store, IfNoneMatch()));
  store.Put("bucket/k", "hello");
  const Status failed = Check(store, IfNoneMatch());
  REQUIRE_FALSE(failed);
  CHECK(failed.error().kind == ErrorKind::kPrecondition);
  CHECK(failed.error().message == "the object exists already");
  CHECK(failed.error().hint == "nothing was changed");
}

TEST_CASE("another ETag does not fit and is told") {
  FakeStore store;
  store.objects["bucket/k"] = {"hello", "\"a\x1b[2Jb\"", {}};
  const Status failed = Check(store, IfMatch("other"));
  REQUIRE_FALSE(failed);
  CHECK(failed.error().kind == ErrorKind::kPrecondition);
  CHECK(failed.error().message == "the object has the ETag 'a\\x1b[2Jb', not 'other'");
}

TEST_CASE("what does not exist fits no ETag") {
  for (const std::string_view etag : {kETag, std::string_view("*")}) {
    FakeStore store;
    const Status failed = Check(store, IfMatch(etag));
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == ErrorKind::kPrecondition);
    CHECK(failed.error().message == "the object does not exist");
  }
}

TEST_CASE("a star fits whatever exists") {
  FakeStore store;
  store.Put("bucket/k", "hello");
  CHECK(Check(store, IfMatch("*")));
}

TEST_CASE("an object whose key we do not have exists") {
  FakeStore store;
  // A HEAD is refused without a reason, a GET with one.
  store.interfere = [](const SentRequest& sent) {
    return sent.request.method == "HEAD" ? Reply(400) : Reply(400, {}, ErrorXml("InvalidRequest"));
  };
  CHECK_FALSE(Check(store, IfNoneMatch()));
  CHECK(Check(store, IfMatch("*")));
  const Status untold = Check(store, IfMatch(kETag));
  REQUIRE_FALSE(untold);
  CHECK(untold.error().message == "the object's ETag can't be told without its key of SSE-C");
}

TEST_CASE("a look that is refused for another reason tells nothing of what is there") {
  FakeStore store;
  store.interfere = [](const SentRequest& sent) {
    return sent.request.method == "HEAD" ? Reply(400) : Reply(400, {}, ErrorXml("ExpiredToken"));
  };
  const Status untold = Check(store, IfNoneMatch());
  REQUIRE_FALSE(untold);
  CHECK(untold.error().kind == ErrorKind::kCredentials);
}

TEST_CASE("what is there is looked at with the key that is there for what is written") {
  FakeStore store(CustomStoreOverTls());
  store.Put("bucket/k", "hello");
  const WriteTarget target{"bucket", "k", IfMatch(kETag), Secret(std::string(32, 'k'))};
  CHECK(CheckConditions(store.fixture.client, target, store.context()));
  CHECK_FALSE(store.sent(0).Header("x-amz-server-side-encryption-customer-key").empty());
}

TEST_CASE("what cannot be looked at is an error and not a condition that holds") {
  FakeStore store;
  store.interfere = [](const SentRequest&) { return Reply(403); };
  for (const WriteConditions& conditions : {IfNoneMatch(), IfMatch("e")}) {
    const Status failed = Check(store, conditions);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == ErrorKind::kDenied);
    CHECK(failed.error().message.starts_with("look at what is there: "));
  }
}

TEST_CASE("an ETag that does not match is tried without its quotes on a store of one's own") {
  FakeStore store;
  Writer writer{{Refused(412, "PreconditionFailed")}};
  CHECK(Conditionally(store, writer, IfMatch("e")));
  CHECK(writer.calls == Lines{"quoted", "bare"});

  Writer twice{{Refused(412, "PreconditionFailed"), Refused(412, "PreconditionFailed")}};
  CHECK(Conditionally(store, twice, IfMatch("e")).error().kind == ErrorKind::kPrecondition);
  CHECK(twice.calls.size() == 2);
}

TEST_CASE("a write is not repeated for another reason or on AWS or without an ETag") {
  FakeStore store;
  FakeStore aws(Aws());
  const Status precondition = Refused(412, "PreconditionFailed");
  Writer not_implemented{{Refused(501, "NotImplemented")}};
  CHECK_FALSE(Conditionally(store, not_implemented, IfMatch("e")));
  Writer on_aws{{precondition}};
  CHECK_FALSE(Conditionally(aws, on_aws, IfMatch("e")));
  Writer exists{{precondition}};
  CHECK_FALSE(Conditionally(store, exists, IfNoneMatch()));
  Writer done{{}};
  CHECK(Conditionally(store, done, IfMatch("e")));
  for (const Writer& writer : {not_implemented, on_aws, exists, done}) CHECK(writer.calls.size() == 1);
}

TEST_CASE("what exists is not written over and not sent") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    FakeStore store(std::move(options));
    store.Put("bucket/k", "hello");
    Writer writer;
    CHECK(UnlessExists(store, writer) == Written::kExistsAlready);
    CHECK(writer.calls.empty());
  }
}

TEST_CASE("what does not exist is written under the condition that it still does not") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    FakeStore store(std::move(options));
    Writer writer;
    CHECK(UnlessExists(store, writer) == Written::kYes);
    CHECK(writer.calls == Lines{"none"});
  }
}

TEST_CASE("a store that knows no conditions is written to after a look") {
  FakeStore store;
  Writer writer{{Refused(501, "NotImplemented")}};
  CHECK(UnlessExists(store, writer) == Written::kYes);
  CHECK(writer.calls == Lines{"none", "any"});
}

TEST_CASE("someone who is faster is found by a second look") {
  for (const int status : {412, 409}) {
    FakeStore store;
    Writer writer{{Refused(status, "Faster")}, [&store] { store.Put("bucket/k", "theirs"); }};
    CHECK(UnlessExists(store, writer) == Written::kExistsAlready);
    CHECK(writer.calls == Lines{"none"});
    CHECK(store.Sent() == Lines{"HEAD bucket/k", "HEAD bucket/k"});
  }
}

TEST_CASE("a condition that fails for another reason than what exists is told") {
  for (const int status : {412, 409}) {
    FakeStore store;
    Writer writer{{Refused(status, "AnotherReason")}};
    const Result<Written> written = UnlessExists(store, writer);
    REQUIRE_FALSE(written);
    CHECK(written.error().message == "AnotherReason");
  }
}

TEST_CASE("whoever may write and not look leaves it to AWS") {
  FakeStore aws(Aws());
  aws.interfere = [](const SentRequest&) { return Reply(403); };
  Writer writer;
  CHECK(UnlessExists(aws, writer) == Written::kYes);
  Writer exists{{Refused(412, "PreconditionFailed")}};
  CHECK(UnlessExists(aws, exists) == Written::kExistsAlready);
  Writer conflict{{Refused(409, "ConditionalRequestConflict")}};
  CHECK_FALSE(UnlessExists(aws, conflict));
  Writer unknown{{Refused(501, "NotImplemented")}};
  CHECK_FALSE(UnlessExists(aws, unknown));
  CHECK(unknown.calls == Lines{"none"});

  FakeStore store;
  store.interfere = aws.interfere;
  Writer unasked;
  CHECK(UnlessExists(store, unasked).error().kind == ErrorKind::kDenied);
  CHECK(unasked.calls.empty());
}

TEST_CASE("a write that fails otherwise is told as it is") {
  FakeStore store;
  Writer writer{{Status(Failure(ErrorKind::kIntegrity, "other bytes"))}};
  CHECK(UnlessExists(store, writer).error().message == "other bytes");
}

TEST_CASE("a key that the store took no notice of is an integrity error") {
  FakeStore store;
  Encryption wanted;
  wanted.customer_key = Secret(std::string(32, 'k'));
  for (const char* told : {"", "AES256", "aws:kms"}) {
    const Status failed = CheckEncrypted(wanted, told, store.context());
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == ErrorKind::kIntegrity);
  }
  CHECK(CheckEncrypted(wanted, "SSE-C", store.context()));
  CHECK(store.warnings.empty());
}

TEST_CASE("encryption that the store does not confirm is warned of") {
  FakeStore store;
  Encryption wanted;
  wanted.algorithm = "aws:kms";
  CHECK(CheckEncrypted(wanted, "aws:kms", store.context()));
  CHECK(store.warnings.empty());
  for (const char* told : {"", "AES256"}) {
    CHECK(CheckEncrypted(wanted, told, store.context()));
    REQUIRE(store.warnings.size() == 1);
    CHECK(store.warnings[0] == "the store does not say that it encrypted the object by aws:kms");
    store.warnings.clear();
  }
  CHECK(CheckEncrypted({}, "", store.context()));
  CHECK(store.warnings.empty());
}

}  // namespace
}  // namespace s3conn
