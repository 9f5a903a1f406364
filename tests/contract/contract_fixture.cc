#include "contract/contract_fixture.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>

#include "base/hash.h"
#include "contract/direct_put.h"

namespace s3conn {
namespace {

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value != nullptr && *value != '\0') return value;
  fmt::print(
      stderr,
      "test_contract: {} is not set. It needs a server: tests/servers/with-server ceph test_contract, with "
      "S3_SERVER=ceph and S3CONN_BINARY=PATH in the environment (ctest -L contract does all that).\n",
      name);
  std::exit(2);
}

const ServerTraits& Traits(const std::string& name) {
  if (const ServerTraits* traits = FindServer(name)) return *traits;
  fmt::print(stderr, "test_contract: no server '{}' in tests/contract/servers.cc\n", name);
  std::exit(2);
}

std::mt19937& Random() {
  static std::mt19937 generator(std::random_device{}());
  return generator;
}

}  // namespace

const ServerAccess& Server() {
  static const ServerAccess kServer = {Traits(Variable("S3_SERVER")), Variable("S3_ENDPOINT"),
                                       Variable("S3_REGION"),         Variable("S3_ACCESS_KEY"),
                                       Variable("S3_SECRET_KEY"),     Variable("S3_ALT_ACCESS_KEY"),
                                       Variable("S3_ALT_SECRET_KEY"), Variable("S3CONN_BINARY")};
  return kServer;
}

ContractProgram::ContractProgram() : S3connProgram(Server().binary) {
  environment["S3CONN_ENDPOINT_URL"] = Server().endpoint;
  environment["AWS_REGION"] = Server().region;
  environment["AWS_ACCESS_KEY_ID"] = Server().access_key;
  environment["AWS_SECRET_ACCESS_KEY"] = Server().secret_key;
  secrets = {Server().secret_key, Server().other_secret_key};
}

TestBucket::TestBucket(AtTheEnd at_the_end) : at_the_end_(at_the_end), name_(NewBucketName()) {
  program_.Succeed({"create-bucket", name_});
}

// Checks nothing: the test may be failing already.
TestBucket::~TestBucket() {
  if (at_the_end_ == AtTheEnd::kLeft) return;
  try {
    Empty();
    RunProgram(program_.Call({"delete-bucket", name_}));
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bucket {} stays: {}\n", name_, failure.what());
  }
}

void TestBucket::Empty() const {
  const ProgramResult listing = RunProgram(program_.Call({"list-objects", Uri(), "--output=ndjson"}));
  std::vector<std::string> uris;
  for (const std::string& line : SplitLines(listing.out)) {
    const Json object = Json::parse(line, nullptr, false);
    if (object.contains("Key")) uris.push_back(Uri(object["Key"].get<std::string>()));
  }
  if (uris.empty()) return;
  Arguments arguments = {"delete"};
  arguments.insert(arguments.end(), uris.begin(), uris.end());
  RunProgram(program_.Call(arguments));
}

std::string TestBucket::Uri(std::string_view key) const {
  return fmt::format("s3://{}/{}", name_, key);
}

void TestBucket::Fill(const std::vector<std::string>& keys) const {
  std::vector<NewObject> objects;
  objects.reserve(keys.size());
  for (const std::string& key : keys) objects.push_back({key, ""});
  PutDirectly(name_, objects);
}

std::string NewBucketName() {
  return fmt::format("s3conn-{}-{:08x}", getpid(), Random()());
}

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  std::generate(bytes.begin(), bytes.end(), [] { return static_cast<char>(Random()()); });
  return bytes;
}

std::string Md5Of(std::string_view bytes) {
  Hasher hasher(Hasher::Algorithm::kMd5);
  hasher.Update(bytes);
  return hasher.FinishHex();
}

std::vector<std::string> KeysOf(const Json& listing) {
  std::vector<std::string> keys;
  for (const Json& object : listing["Contents"]) keys.push_back(object["Key"].get<std::string>());
  return keys;
}

std::vector<std::string> PrefixesOf(const Json& listing) {
  std::vector<std::string> prefixes;
  for (const Json& item : listing["CommonPrefixes"]) prefixes.push_back(item["Prefix"].get<std::string>());
  return prefixes;
}

}  // namespace s3conn
