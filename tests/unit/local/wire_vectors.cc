#include "wire_vectors.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/text.h"

namespace s3conn::local {
namespace {

using nlohmann::json;

std::string TargetOf(const json& entry) {
  if (entry.contains("presigned_url")) {
    const std::string url = entry["presigned_url"];
    return url.substr(url.find('/', url.find("://") + 3));
  }
  std::string target = entry.at("wire_path");
  const std::string query = entry.at("wire_query");
  return query.empty() ? target : target + "?" + query;
}

std::vector<std::string> SplitNames(const std::string& list) {
  std::vector<std::string> names(1);
  for (const char c : list) {
    if (c == ';') {
      names.emplace_back();
    } else {
      names.back() += c;
    }
  }
  return names;
}

WireVector VectorOf(const json& entry) {
  WireVector vector;
  vector.id = entry.at("id");
  vector.presigned = entry.at("mode") == "query";
  vector.is_s3 = entry.at("service") == "s3";
  vector.has_session_token = !entry.at("session_token").is_null();
  vector.request.method = entry.at("method");
  vector.request.target = TargetOf(entry);
  vector.request.headers.Add("Host", entry.at("host_header"));
  for (const json& header : entry.at(entry.contains("headers_to_send") ? "headers_to_send" : "headers")) {
    // As whoever reads the head of a request gives it.
    vector.request.headers.Add(header.at(0), std::string(Trim(header.at(1).get<std::string>())));
  }
  if (entry.contains("authorization")) vector.request.headers.Add("Authorization", entry["authorization"]);
  vector.keys = {entry.at("access_key_id"), Secret(entry.at("secret_access_key"))};
  vector.now = ParseAmzDate(entry.at("amz_date").get<std::string>()).value();
  vector.payload_hash = entry.at("payload_hash");
  vector.signed_headers = SplitNames(entry.at("signed_headers"));
  vector.canonical_request = entry.at("canonical_request");
  return vector;
}

}  // namespace

std::vector<WireVector> LoadWireVectors() {
  std::ifstream file(TEST_VECTORS_DIR "/sigv4_s3.json");
  if (!file) throw std::runtime_error("cannot open " TEST_VECTORS_DIR "/sigv4_s3.json");
  std::vector<WireVector> vectors;
  const json document = json::parse(file);
  for (const json& entry : document.at("vectors")) vectors.push_back(VectorOf(entry));
  return vectors;
}

std::vector<WireVector> LoadAcceptedVectors() {
  std::vector<WireVector> vectors = LoadWireVectors();
  std::erase_if(vectors, [](const WireVector& v) { return !v.is_s3 || v.has_session_token; });
  return vectors;
}

}  // namespace s3conn::local
