#ifndef S3CONN_LOCAL_HTTP_SESSION_H_
#define S3CONN_LOCAL_HTTP_SESSION_H_

#include <atomic>
#include <string>

#include "local/connection.h"
#include "local/exchange.h"

namespace s3conn::local {

// Speaks HTTP/1.1 on a connection until it ends: keep-alive, pipelined requests one after the other, chunked
// and counted bodies, "Expect: 100-continue" (answered when the body is first read, so a refusal comes before
// it), HTTP/1.0. What is no HTTP is answered with 400 and an <Error> document, and the connection closed:
// malformed lines, more than 64 KiB of headers, Content-Length that is no number or comes with chunks.
// `busy` is true while a request is being answered; `closing` asks to end after the present answer.
struct SessionState {
  std::atomic<bool> busy = false;
  std::atomic<bool> closing = false;
};
void ServeHttp(Connection& connection, Service& service, const std::string& peer, SessionState& state);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_HTTP_SESSION_H_
