#include "http/certificate_store.h"

#include <curl/curl.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/text.h"

namespace s3conn {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHashedFolder = "/etc/ssl/certs";

// "5ed36f99.0", what c_rehash makes. Some systems have the folder with nothing but a bundle in it.
bool IsHashedName(const std::string& name) {
  return name.size() > 9 && name[8] == '.' && std::all_of(name.begin(), name.begin() + 8, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool IsHashedFolder(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (IsHashedName(entry->path().filename().string())) return true;
  }
  return false;
}

bool LoadSystemCertificates(X509_STORE* store) {
  if (IsHashedFolder(kHashedFolder)) return X509_STORE_load_path(store, kHashedFolder) == 1;
  const curl_version_info_data* built = curl_version_info(CURLVERSION_NOW);
  if (built->cainfo != nullptr && X509_STORE_load_file(store, built->cainfo) == 1) return true;
  if (built->capath != nullptr && X509_STORE_load_path(store, built->capath) == 1) return true;
  return X509_STORE_set_default_paths(store) == 1;
}

// X509_STORE_load_path takes any name, existing or not.
bool LoadBundle(X509_STORE* store, const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return X509_STORE_load_path(store, path.c_str()) == 1;
  return X509_STORE_load_file(store, path.c_str()) == 1;
}

}  // namespace

void CertificateStore::Deleter::operator()(x509_store_st* store) const {
  X509_STORE_free(store);
}

Result<x509_store_st*> CertificateStore::Get() {
  std::call_once(once_, [this] { loaded_ = Load(); });
  if (!loaded_) return Failure(loaded_.error());
  return store_.get();
}

Status CertificateStore::Load() {
  store_.reset(X509_STORE_new());
  if (!store_) return Failure(ErrorKind::kNetwork, "make a certificate store: out of memory");
  // As libcurl does: a certificate of the bundle is trusted even if it isn't a root.
  X509_STORE_set_flags(store_.get(), X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
  const bool ok = ca_bundle_ ? LoadBundle(store_.get(), *ca_bundle_) : LoadSystemCertificates(store_.get());
  ERR_clear_error();
  if (ok) return {};
  if (!ca_bundle_) {
    return Failure(ErrorKind::kConfig, "load the system's certificates: none found",
                   "install the package ca-certificates, or name a PEM file with --ca-bundle");
  }
  return Failure(
      ErrorKind::kConfig,
      "load certificates from '" + EscapeForTerminal(*ca_bundle_) + "': no readable certificate in it",
      "--ca-bundle takes a file of PEM certificates, or a folder prepared with 'openssl rehash'");
}

}  // namespace s3conn
