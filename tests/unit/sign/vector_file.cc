#include "vector_file.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/text.h"
#include "base/url.h"

namespace s3conn {
namespace {

using nlohmann::json;

std::string TextOrEmpty(const json& entry, const char* field) {
  const auto found = entry.find(field);
  return found == entry.end() || found->is_null() ? std::string() : found->get<std::string>();
}

HttpRequest RequestOf(const json& entry) {
  HttpRequest request;
  request.method = entry.at("method");
  const auto endpoint = ParseEndpointUrl(entry.at("base_url").get<std::string>());
  if (!endpoint) throw std::runtime_error("base_url: " + endpoint.error().message);
  request.origin = endpoint->origin;

  request.path = endpoint->path_prefix;
  if (!entry.at("bucket_in_path").is_null()) request.path += "/" + entry["bucket_in_path"].get<std::string>();
  if (!entry.at("key").is_null()) {
    request.path += "/" + PercentEncode(entry["key"].get<std::string>(), Slash::kKeep);
  }
  for (const json& parameter : entry.at("query")) {
    QueryParameter& added = request.query.emplace_back();
    added.name = parameter.at(0);
    if (!parameter.at(1).is_null()) added.value = parameter[1].get<std::string>();
  }
  for (const json& header : entry.at("headers")) request.headers.Add(header.at(0), header.at(1));
  return request;
}

SigningVector VectorOf(const json& entry) {
  SigningVector vector;
  vector.id = entry.at("id");
  vector.request = RequestOf(entry);
  vector.credentials.access_key_id = entry.at("access_key_id");
  vector.credentials.secret_access_key = Secret(entry.at("secret_access_key"));
  vector.credentials.session_token = Secret(TextOrEmpty(entry, "session_token"));
  vector.scope = {entry.at("region"), entry.at("service")};
  vector.now = ParseAmzDate(entry.at("amz_date").get<std::string>()).value();
  vector.payload_signed = entry.at("payload_mode") == "signed";
  vector.body = Base64Decode(entry.at("body_base64").get<std::string>()).value();
  if (entry.contains("expires")) vector.expires = std::chrono::seconds(entry["expires"].get<int>());

  vector.wire_path = entry.at("wire_path");
  vector.wire_query = entry.at("wire_query");
  vector.host_header = entry.at("host_header");
  vector.payload_hash = entry.at("payload_hash");
  vector.canonical_uri = entry.at("canonical_uri");
  vector.canonical_query = entry.at("canonical_query");
  vector.signed_headers = entry.at("signed_headers");
  vector.canonical_request = entry.at("canonical_request");
  vector.canonical_request_sha256 = entry.at("canonical_request_sha256");
  vector.string_to_sign = entry.at("string_to_sign");
  vector.signing_key_hex = entry.at("signing_key_hex");
  vector.signature = entry.at("signature");
  vector.authorization = TextOrEmpty(entry, "authorization");
  vector.presigned_url = TextOrEmpty(entry, "presigned_url");
  for (const json& header : entry.value("headers_to_send", json::array())) {
    vector.headers_to_send.push_back({header.at(0), header.at(1)});
  }
  return vector;
}

}  // namespace

std::vector<SigningVector> LoadVectors(std::string_view mode) {
  std::ifstream file(TEST_VECTORS_DIR "/sigv4_s3.json");
  if (!file) throw std::runtime_error("cannot open " TEST_VECTORS_DIR "/sigv4_s3.json");
  std::vector<SigningVector> vectors;
  const json document = json::parse(file);
  for (const json& entry : document.at("vectors")) {
    if (entry.at("mode").get<std::string>() == mode) vectors.push_back(VectorOf(entry));
  }
  return vectors;
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines(1);
  for (const char octet : text) {
    if (octet == '\n') {
      lines.emplace_back();
    } else {
      lines.back().push_back(octet);
    }
  }
  return lines;
}

}  // namespace s3conn
