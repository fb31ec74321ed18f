// What holds for every transfer, and the way from libcurl to the receiver.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "transfer.h"

enum { SOCKETS = sizeof((kr_curl *)0)->sockets / sizeof(int) };

/// Writes down a socket, or strikes it out; one that finds no room is simply never used again.
static void replace_socket(kr_curl *curl, int old, int new) {
  for (size_t i = 0; i < SOCKETS; i++) {
    if (curl->sockets[i] != old) continue;
    curl->sockets[i] = new;
    return;
  }
}

/// The socket whose own end has that port, or -1.
static int socket_with_port(const kr_curl *curl, int port) {
  for (size_t i = 0; i < SOCKETS; i++) {
    struct sockaddr_storage end = {0};
    socklen_t length = sizeof end;
    if (curl->sockets[i] < 0 || getsockname(curl->sockets[i], (struct sockaddr *)&end, &length) != 0) continue;
    if (end.ss_family == AF_INET && ntohs(((struct sockaddr_in *)&end)->sin_port) == port) return curl->sockets[i];
    if (end.ss_family == AF_INET6 && ntohs(((struct sockaddr_in6 *)&end)->sin6_port) == port) return curl->sockets[i];
  }
  return -1;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  kr_curl *curl = context;
  (void)purpose;
  bool may = true;
  if (address->family == AF_INET) {
    const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)&address->addr;
    may = curl->receiver.may_connect(curl->receiver.context, (const uint8_t *)&four->sin_addr, 4);
  } else if (address->family == AF_INET6) {
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)&address->addr;
    may = curl->receiver.may_connect(curl->receiver.context, (const uint8_t *)&six->sin6_addr, 16);
  }
  if (!may) return CURL_SOCKET_BAD;
  curl->has_opened = true;
  const int file = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (file >= 0) replace_socket(curl, -1, file);
  return file;
}

static int close_socket(void *context, curl_socket_t file) {
  replace_socket(context, file, -1);
  return close(file);
}

/// Whether a connection that is to be used again has something to read: the rest of an earlier answer would be taken for
/// the beginning of the next.
static bool is_soiled(const kr_curl *curl, int local_port) {
  if (curl->has_opened) return false;
  struct pollfd waiting = {.fd = socket_with_port(curl, local_port), .events = POLLIN};
  return waiting.fd < 0 || poll(&waiting, 1, 0) != 0;
}

static int before_request(void *context, char *remote, char *local, int remote_port, int local_port) {
  kr_curl *curl = context;
  (void)local, (void)remote_port;
  curl->is_soiled = is_soiled(curl, local_port);
  if (curl->is_soiled) return CURL_PREREQFUNC_ABORT;
  uint8_t octets[16] = {0};
  size_t length = 0;
  if (inet_pton(AF_INET, remote, octets) == 1) length = 4;
  else if (inet_pton(AF_INET6, remote, octets) == 1) length = 16;
  const bool may = curl->receiver.connected(curl->receiver.context, octets, length);
  return may ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

static size_t take_header(char *line, size_t size, size_t count, void *context) {
  kr_curl *curl = context;
  return curl->receiver.header(curl->receiver.context, (const uint8_t *)line, size * count) ? size * count : 0;
}

static size_t take_body(char *octets, size_t size, size_t count, void *context) {
  kr_curl *curl = context;
  if (size * count == 0) return 0;
  return curl->receiver.body(curl->receiver.context, (const uint8_t *)octets, size * count) ? size * count : 0;
}

// The largest piece that is read from a connection at once.
enum { BUFFER_SIZE = 256 * 1024 };

#define SET(option, value)                                                          \
  do {                                                                              \
    const CURLcode code = kr_functions.easy_setopt(curl->easy, (option), (value));  \
    if (code != CURLE_OK) return kr_fail(curl, code);                               \
  } while (0)

static bool set_receiver(kr_curl *curl) {
  SET(CURLOPT_ERRORBUFFER, curl->message);
  SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
  SET(CURLOPT_OPENSOCKETDATA, curl);
  SET(CURLOPT_CLOSESOCKETFUNCTION, close_socket);
  SET(CURLOPT_CLOSESOCKETDATA, curl);
  SET(CURLOPT_PREREQFUNCTION, before_request);
  SET(CURLOPT_PREREQDATA, curl);
  SET(CURLOPT_HEADERFUNCTION, take_header);
  SET(CURLOPT_HEADERDATA, curl);
  SET(CURLOPT_WRITEFUNCTION, take_body);
  SET(CURLOPT_WRITEDATA, curl);
  return true;
}

static bool set_protocol(kr_curl *curl) {
  SET(CURLOPT_FOLLOWLOCATION, 0L);
  SET(CURLOPT_HTTPGET, 1L);
  SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
  SET(CURLOPT_HTTP09_ALLOWED, 0L);
  SET(CURLOPT_USERAGENT, "keyreeve");
  SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  // Neither of them from the environment: the caller has read it.
  SET(CURLOPT_PROXY, "");
  SET(CURLOPT_NOPROXY, "");
  SET(CURLOPT_BUFFERSIZE, (long)BUFFER_SIZE);
  SET(CURLOPT_NOSIGNAL, 1L);
  // A transfer that is stopped does not wait for a name server.
  SET(CURLOPT_QUICK_EXIT, 1L);
  // The caller has limits of its own, and these must not come before them.
  SET(CURLOPT_CONNECTTIMEOUT, 24L * 60 * 60);
  return true;
}

static bool set_security(kr_curl *curl) {
  SET(CURLOPT_SSL_VERIFYPEER, 1L);
  SET(CURLOPT_SSL_VERIFYHOST, 2L);
  SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  SET(CURLOPT_PROXY_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  // No keys below 112 bits of security and no SHA-1, whatever openssl.cnf of the machine says.
  SET(CURLOPT_SSL_CIPHER_LIST, "DEFAULT:@SECLEVEL=2");
  SET(CURLOPT_PROXY_SSL_CIPHER_LIST, "DEFAULT:@SECLEVEL=2");
  return true;
}

bool kr_set_everything(kr_curl *curl) { return set_receiver(curl) && set_protocol(curl) && set_security(curl); }
