#pragma once

#include "CCurl.h"
#include "library.h"

// Connections that are kept open.
enum { CONNECTION_LIMIT = 8 };

struct kr_curl {
  CURLM *multi;
  CURL *easy;
  struct curl_slist *headers;
  struct curl_slist *connect_to;
  kr_receiver receiver;
  /// The sockets of connections, also while they are being opened; -1 where there is none.
  int sockets[4 * CONNECTION_LIMIT];
  bool is_running;
  /// Whether a connection was opened for this transfer; otherwise an earlier one is used again.
  bool has_opened;
  /// Whether the earlier connection has octets that nobody asked for.
  bool is_soiled;
  /// What is sent: octets of our own, or else those of a file from an offset on; how many, and how many went out.
  struct {
    uint8_t *octets;
    int file;
    uint64_t offset, length, sent;
  } body;
  char message[CURL_ERROR_SIZE];
};

/// Sets what holds for every transfer, and the callbacks. False: the message says why.
bool kr_set_everything(kr_curl *curl);

/// Keeps libcurl's words for a code where it has not left any of its own. Always false.
bool kr_fail(kr_curl *curl, CURLcode code);
