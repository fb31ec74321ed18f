#include "transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

kr_curl *kr_curl_open(void) {
  kr_curl *curl = calloc(1, sizeof *curl);
  if (curl == NULL) return NULL;
  for (size_t i = 0; i < sizeof curl->sockets / sizeof *curl->sockets; i++) curl->sockets[i] = -1;
  curl->multi = kr_functions.multi_init();
  curl->easy = kr_functions.easy_init();
  if (curl->multi != NULL && curl->easy != NULL) {
    kr_functions.multi_setopt(curl->multi, CURLMOPT_MAXCONNECTS, (long)CONNECTION_LIMIT);
    return curl;
  }
  kr_curl_close(curl);
  return NULL;
}

bool kr_fail(kr_curl *curl, CURLcode code) {
  if (curl->message[0] == 0) snprintf(curl->message, sizeof curl->message, "%s", kr_functions.easy_strerror(code));
  return false;
}

static void forget_lists(kr_curl *curl) {
  for (struct curl_slist *entry = curl->headers; entry != NULL; entry = entry->next) {
    explicit_bzero(entry->data, strlen(entry->data));
  }
  kr_functions.slist_free_all(curl->headers);
  kr_functions.slist_free_all(curl->connect_to);
  curl->headers = NULL;
  curl->connect_to = NULL;
}

bool kr_curl_prepare(kr_curl *curl, kr_receiver receiver) {
  kr_curl_stop(curl);
  kr_functions.easy_reset(curl->easy);
  curl->message[0] = 0;
  curl->receiver = receiver;
  return kr_set_everything(curl);
}

static CURLcode set_text(kr_curl *curl, CURLoption option, const char *text) {
  return kr_functions.easy_setopt(curl->easy, option, text);
}

/// The authorities of a proxy and of a server are the same file; the system's directory of them no longer counts.
static CURLcode set_authorities(kr_curl *curl, const char *file) {
  CURLcode code = set_text(curl, CURLOPT_CAINFO, file);
  if (code == CURLE_OK) code = set_text(curl, CURLOPT_PROXY_CAINFO, file);
  if (code == CURLE_OK) code = set_text(curl, CURLOPT_CAPATH, NULL);
  if (code == CURLE_OK) code = set_text(curl, CURLOPT_PROXY_CAPATH, NULL);
  return code;
}

bool kr_curl_set_authorities(kr_curl *curl, const uint8_t *octets, size_t length, bool beside_system) {
  struct curl_blob blob = {.data = (void *)(uintptr_t)octets, .len = length, .flags = CURL_BLOB_COPY};
  CURLcode code = kr_functions.easy_setopt(curl->easy, CURLOPT_CAINFO_BLOB, &blob);
  if (code == CURLE_OK) code = kr_functions.easy_setopt(curl->easy, CURLOPT_PROXY_CAINFO_BLOB, &blob);
  if (beside_system) return code == CURLE_OK || kr_fail(curl, code);
  if (code == CURLE_OK) code = set_text(curl, CURLOPT_CAPATH, NULL);
  if (code == CURLE_OK) code = set_text(curl, CURLOPT_PROXY_CAPATH, NULL);
  return code == CURLE_OK || kr_fail(curl, code);
}

bool kr_curl_set_body(kr_curl *curl, const uint8_t *octets, size_t length) {
  CURLcode code = kr_functions.easy_setopt(curl->easy, CURLOPT_POST, 1L);
  if (code == CURLE_OK) code = kr_functions.easy_setopt(curl->easy, CURLOPT_POSTFIELDSIZE, (long)length);
  if (code == CURLE_OK) code = kr_functions.easy_setopt(curl->easy, CURLOPT_POSTFIELDS, octets);
  return code == CURLE_OK || kr_fail(curl, code);
}

static size_t give_body(char *room, size_t size, size_t count, void *context) {
  kr_curl *curl = context;
  const uint64_t rest = curl->body.length - curl->body.sent;
  size_t length = size * count < rest ? size * count : (size_t)rest;
  if (length == 0) return 0;
  if (curl->body.octets != NULL) {
    memcpy(room, curl->body.octets + curl->body.sent, length);
  } else {
    const ssize_t got = pread(curl->body.file, room, length, (off_t)(curl->body.offset + curl->body.sent));
    // A file that has become shorter is no longer the one that was to be sent.
    if (got <= 0) return CURL_READFUNC_ABORT;
    length = (size_t)got;
  }
  curl->body.sent += length;
  curl->receiver.sent(curl->receiver.context, length);
  return length;
}

/// libcurl begins again where a connection that it had kept was lost before the answer; not with a piece of a file, of which the
/// server may have taken a part: only who sends it can ask for that.
static int seek_body(void *context, curl_off_t offset, int origin) {
  kr_curl *curl = context;
  if (curl->body.octets == NULL && curl->body.sent > 0) return CURL_SEEKFUNC_FAIL;
  if (origin != SEEK_SET || offset < 0 || (uint64_t)offset > curl->body.length) return CURL_SEEKFUNC_FAIL;
  curl->body.sent = (uint64_t)offset;
  return CURL_SEEKFUNC_OK;
}

static bool set_body(kr_curl *curl, const char *method, uint64_t length) {
  curl->body.length = length;
  curl->body.sent = 0;
  CURLcode code = kr_functions.easy_setopt(curl->easy, CURLOPT_UPLOAD, 1L);
  if (code == CURLE_OK) code = set_text(curl, CURLOPT_CUSTOMREQUEST, method);
  if (code == CURLE_OK) code = kr_functions.easy_setopt(curl->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)length);
  if (code == CURLE_OK) code = kr_functions.easy_setopt(curl->easy, CURLOPT_UPLOAD_BUFFERSIZE, 512L * 1024);
  if (code == CURLE_OK) code = kr_functions.easy_setopt(curl->easy, CURLOPT_READFUNCTION, give_body);
  if (code == CURLE_OK) code = kr_functions.easy_setopt(curl->easy, CURLOPT_READDATA, curl);
  if (code == CURLE_OK) code = kr_functions.easy_setopt(curl->easy, CURLOPT_SEEKFUNCTION, seek_body);
  if (code == CURLE_OK) code = kr_functions.easy_setopt(curl->easy, CURLOPT_SEEKDATA, curl);
  return code == CURLE_OK || kr_fail(curl, code);
}

bool kr_curl_set_octets(kr_curl *curl, const char *method, const uint8_t *octets, size_t length) {
  curl->body.octets = malloc(length + 1);
  if (curl->body.octets == NULL) return kr_fail(curl, CURLE_OUT_OF_MEMORY);
  if (length > 0) memcpy(curl->body.octets, octets, length);
  return set_body(curl, method, length);
}

bool kr_curl_set_file(kr_curl *curl, const char *method, int file, uint64_t offset, uint64_t length) {
  curl->body.file = file;
  curl->body.offset = offset;
  return set_body(curl, method, length);
}

bool kr_curl_set_head(kr_curl *curl) {
  const CURLcode code = kr_functions.easy_setopt(curl->easy, CURLOPT_NOBODY, 1L);
  return code == CURLE_OK || kr_fail(curl, code);
}

bool kr_curl_set_deletion(kr_curl *curl) {
  const CURLcode code = set_text(curl, CURLOPT_CUSTOMREQUEST, "DELETE");
  return code == CURLE_OK || kr_fail(curl, code);
}

static CURLcode set_key(kr_curl *curl, const char *file) {
  // Without one, OpenSSL would ask at the terminal for the pass phrase of an encrypted key.
  const CURLcode code = set_text(curl, CURLOPT_KEYPASSWD, "");
  return code == CURLE_OK ? set_text(curl, CURLOPT_SSLKEY, file) : code;
}

static CURLcode set_connect_to(kr_curl *curl, const char *text) {
  curl->connect_to = kr_functions.slist_append(NULL, text);
  if (curl->connect_to == NULL) return CURLE_OUT_OF_MEMORY;
  return kr_functions.easy_setopt(curl->easy, CURLOPT_CONNECT_TO, curl->connect_to);
}

bool kr_curl_set(kr_curl *curl, kr_curl_setting setting, const char *text) {
  CURLcode code = CURLE_BAD_FUNCTION_ARGUMENT;
  switch (setting) {
    case KR_CURL_URL: code = set_text(curl, CURLOPT_URL, text); break;
    case KR_CURL_SCHEME: code = set_text(curl, CURLOPT_PROTOCOLS_STR, text); break;
    case KR_CURL_PROXY: code = set_text(curl, CURLOPT_PROXY, text); break;
    case KR_CURL_AUTHORITIES: code = set_authorities(curl, text); break;
    case KR_CURL_CERTIFICATE: code = set_text(curl, CURLOPT_SSLCERT, text); break;
    case KR_CURL_KEY: code = set_key(curl, text); break;
    case KR_CURL_UNIX_SOCKET: code = set_text(curl, CURLOPT_UNIX_SOCKET_PATH, text); break;
    case KR_CURL_CONNECT_TO: code = set_connect_to(curl, text); break;
    case KR_CURL_RANGE: code = set_text(curl, CURLOPT_RANGE, text); break;
  }
  return code == CURLE_OK || kr_fail(curl, code);
}

/// The octets with a zero behind them; to be wiped and freed. NULL where that is no text, or there is no memory.
static char *copied(const uint8_t *octets, size_t length) {
  if (memchr(octets, 0, length) != NULL) return NULL;
  char *text = malloc(length + 1);
  if (text == NULL) return NULL;
  memcpy(text, octets, length);
  text[length] = 0;
  return text;
}

static void wipe(char *text) {
  explicit_bzero(text, strlen(text));
  free(text);
}

bool kr_curl_set_secret(kr_curl *curl, kr_curl_setting setting, const uint8_t *octets, size_t length) {
  char *text = copied(octets, length);
  if (text == NULL) return kr_fail(curl, CURLE_BAD_FUNCTION_ARGUMENT);
  const bool is_set = kr_curl_set(curl, setting, text);
  wipe(text);
  return is_set;
}

bool kr_curl_add_header(kr_curl *curl, const uint8_t *line, size_t length) {
  char *text = copied(line, length);
  if (text == NULL) return kr_fail(curl, CURLE_BAD_FUNCTION_ARGUMENT);
  struct curl_slist *longer = NULL;
  if (strpbrk(text, "\r\n") == NULL) longer = kr_functions.slist_append(curl->headers, text);
  wipe(text);
  if (longer == NULL) return kr_fail(curl, CURLE_BAD_FUNCTION_ARGUMENT);
  curl->headers = longer;
  return true;
}

bool kr_curl_start(kr_curl *curl) {
  CURLcode code = kr_functions.easy_setopt(curl->easy, CURLOPT_HTTPHEADER, curl->headers);
  if (code != CURLE_OK) return kr_fail(curl, code);
  if (kr_functions.multi_add_handle(curl->multi, curl->easy) != CURLM_OK) return kr_fail(curl, CURLE_FAILED_INIT);
  curl->is_running = true;
  curl->has_opened = false;
  return true;
}

static kr_curl_state state_of(CURLcode code) {
  switch (code) {
    case CURLE_OK: return KR_CURL_DONE;
    case CURLE_WRITE_ERROR:
    case CURLE_ABORTED_BY_CALLBACK: return KR_CURL_STOPPED;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST: return KR_CURL_UNRESOLVED;
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PROXY: return KR_CURL_UNCONNECTED;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_USE_SSL_FAILED: return KR_CURL_TLS;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ISSUER_ERROR: return KR_CURL_CERTIFICATE_REFUSED;
    case CURLE_SSL_CACERT_BADFILE: return KR_CURL_AUTHORITIES_UNUSABLE;
    case CURLE_SSL_CERTPROBLEM: return KR_CURL_CERTIFICATE_UNUSABLE;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2_STREAM: return KR_CURL_CUT;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_HTTP2: return KR_CURL_BROKEN;
    default: return KR_CURL_FAILED;
  }
}

/// Starts again on a new connection; the old one has been closed.
static kr_curl_state begin_afresh(kr_curl *curl) {
  curl->is_soiled = false;
  curl->message[0] = 0;
  curl->body.sent = 0;
  kr_functions.multi_remove_handle(curl->multi, curl->easy);
  curl->is_running = false;
  kr_functions.easy_setopt(curl->easy, CURLOPT_FRESH_CONNECT, 1L);
  return kr_curl_start(curl) ? KR_CURL_RUNNING : KR_CURL_FAILED;
}

kr_curl_state kr_curl_step(kr_curl *curl, int milliseconds) {
  int running = 0;
  const CURLMcode performed = kr_functions.multi_perform(curl->multi, &running);
  if (performed != CURLM_OK) {
    kr_curl_stop(curl);
    snprintf(curl->message, sizeof curl->message, "%s", kr_functions.multi_strerror(performed));
    return KR_CURL_FAILED;
  }
  int rest = 0;
  for (CURLMsg *news = kr_functions.multi_info_read(curl->multi, &rest); news != NULL;
       news = kr_functions.multi_info_read(curl->multi, &rest)) {
    if (news->msg != CURLMSG_DONE) continue;
    const CURLcode code = news->data.result;
    if (curl->is_soiled) return begin_afresh(curl);
    if (code != CURLE_OK) kr_fail(curl, code);
    kr_curl_stop(curl);
    return state_of(code);
  }
  kr_functions.multi_poll(curl->multi, NULL, 0, milliseconds, NULL);
  return KR_CURL_RUNNING;
}

void kr_curl_stop(kr_curl *curl) {
  if (curl->is_running) kr_functions.multi_remove_handle(curl->multi, curl->easy);
  curl->is_running = false;
  kr_functions.easy_setopt(curl->easy, CURLOPT_HTTPHEADER, NULL);
  kr_functions.easy_setopt(curl->easy, CURLOPT_CONNECT_TO, NULL);
  forget_lists(curl);
  free(curl->body.octets);
  curl->body.octets = NULL;
}

const char *kr_curl_message(const kr_curl *curl) { return curl->message; }

// Numbers of X509_V_ERR_, of which no header is needed at build time otherwise.
kr_certificate_fault kr_curl_certificate_fault(kr_curl *curl) {
  long number = 0;
  kr_functions.easy_getinfo(curl->easy, CURLINFO_SSL_VERIFYRESULT, &number);
  switch (number) {
    case 9: return KR_FAULT_NOT_YET_VALID;
    case 10: return KR_FAULT_EXPIRED;
    case 18: return KR_FAULT_SELF_SIGNED;
    case 2:
    case 19:
    case 20:
    case 21: return KR_FAULT_UNKNOWN_AUTHORITY;
    case 66:
    case 67:
    case 68: return KR_FAULT_WEAK;
    case 62:
    case 64: return KR_FAULT_WRONG_HOST;
    default: break;
  }
  // libcurl compares names itself.
  const bool names = strstr(curl->message, "subject name") != NULL || strstr(curl->message, "target host") != NULL;
  return names ? KR_FAULT_WRONG_HOST : KR_FAULT_OTHER;
}

void kr_curl_close(kr_curl *curl) {
  if (curl->easy != NULL) {
    kr_curl_stop(curl);
    kr_functions.easy_cleanup(curl->easy);
  }
  if (curl->multi != NULL) kr_functions.multi_cleanup(curl->multi);
  free(curl);
}
