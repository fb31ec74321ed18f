/// libcurl behind functions of our own: reading addresses, and one GET (or POST, or DELETE) at a time over connections that
/// are kept.
///
/// The library is loaded on first use and never linked: with what it pulls in it would double the start of every
/// command. What is decided (limits, redirects, which address may be spoken to) is decided by the caller, who is asked
/// through `kr_receiver`; here are only the options that hold for every transfer.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Why libcurl cannot be used, or NULL where it can. The first call loads it; later ones cost nothing. From any thread.
const char *_Nullable kr_curl_problem(void);

// MARK: Addresses

/// The parts of an address; NULL for those that it does not have. To be freed by `kr_url_free`.
typedef struct {
  char *_Nullable scheme;
  char *_Nullable user;
  char *_Nullable password;
  /// An IPv4 address in its usual form, an IPv6 address in brackets.
  char *_Nullable host;
  char *_Nullable port;
  char *_Nullable path;
  char *_Nullable query;
  char *_Nullable fragment;
} kr_url;

/// Reads `reference`, relative to `base` unless that is NULL, as libcurl itself reads it. 0, or what is wrong with it, in
/// libcurl's numbers. Needs a `kr_curl_problem` of NULL.
int kr_url_read(const char *_Nullable base, const char *_Nonnull reference, kr_url *_Nonnull url);

/// What such a number means.
const char *_Nonnull kr_url_problem(int number);

/// Frees the parts.
void kr_url_free(kr_url *_Nonnull url);

// MARK: Transfers

/// One GET at a time, and the connections that are kept between them. It belongs to one thread at a time.
typedef struct kr_curl kr_curl;

/// Who is asked and told during a transfer, each time with `context`. A false answer ends it with `KR_CURL_STOPPED`.
typedef struct {
  void *_Nonnull context;
  /// May a connection be opened to this address (4 or 16 octets)? False leaves the address out.
  bool (*_Nonnull may_connect)(void *_Nonnull context, const uint8_t *_Nonnull address, size_t length);
  /// Connected, TLS included: may the request be sent to this address (0 octets for a Unix socket)?
  bool (*_Nonnull connected)(void *_Nonnull context, const uint8_t *_Nonnull address, size_t length);
  /// A header line, as it came.
  bool (*_Nonnull header)(void *_Nonnull context, const uint8_t *_Nonnull line, size_t length);
  /// So many octets of what is sent went out.
  void (*_Nonnull sent)(void *_Nonnull context, size_t length);
  /// A piece of the body.
  bool (*_Nonnull body)(void *_Nonnull context, const uint8_t *_Nonnull octets, size_t length);
} kr_receiver;

/// What a transfer can be told.
typedef enum {
  /// The address.
  KR_CURL_URL = 1,
  /// The one scheme that may be spoken: `https` or `http`.
  KR_CURL_SCHEME,
  /// A proxy; without it none is used, whatever the environment says.
  KR_CURL_PROXY,
  /// A PEM file of authorities, instead of the system's.
  KR_CURL_AUTHORITIES,
  /// A PEM file with the client's certificate.
  KR_CURL_CERTIFICATE,
  /// A PEM file with its key.
  KR_CURL_KEY,
  /// A Unix socket to connect to.
  KR_CURL_UNIX_SOCKET,
  /// `HOST:PORT:HOST:PORT`: connect to the second where the address names the first.
  KR_CURL_CONNECT_TO,
  /// The range of octets: `N-`.
  KR_CURL_RANGE,
} kr_curl_setting;

/// Where a transfer stands after a step.
typedef enum {
  /// Under way.
  KR_CURL_RUNNING = 0,
  /// The answer came in full.
  KR_CURL_DONE,
  /// The receiver, or the caller, stopped it.
  KR_CURL_STOPPED,
  /// No such host.
  KR_CURL_UNRESOLVED,
  /// No connection, directly or through the proxy.
  KR_CURL_UNCONNECTED,
  /// TLS did not come about.
  KR_CURL_TLS,
  /// The server's certificate is not accepted: see `kr_curl_certificate_fault`.
  KR_CURL_CERTIFICATE_REFUSED,
  /// The file of authorities cannot be used.
  KR_CURL_AUTHORITIES_UNUSABLE,
  /// The client's certificate or key cannot be used.
  KR_CURL_CERTIFICATE_UNUSABLE,
  /// The connection ended too early.
  KR_CURL_CUT,
  /// The answer is not HTTP as it should be.
  KR_CURL_BROKEN,
  /// Anything else.
  KR_CURL_FAILED,
} kr_curl_state;

/// What is wrong with a certificate that was refused.
typedef enum {
  KR_FAULT_OTHER = 0,
  KR_FAULT_EXPIRED,
  KR_FAULT_NOT_YET_VALID,
  KR_FAULT_SELF_SIGNED,
  KR_FAULT_UNKNOWN_AUTHORITY,
  KR_FAULT_WEAK,
  KR_FAULT_WRONG_HOST,
} kr_certificate_fault;

/// Ready for transfers, or NULL where there is no memory. Needs a `kr_curl_problem` of NULL.
kr_curl *_Nullable kr_curl_open(void);

/// Forgets the last transfer's settings and takes the receiver of the next. Connections stay. False: see
/// `kr_curl_message`.
bool kr_curl_prepare(kr_curl *_Nonnull curl, kr_receiver receiver);

/// Tells the next transfer something. The text is copied. False: see `kr_curl_message`.
bool kr_curl_set(kr_curl *_Nonnull curl, kr_curl_setting setting, const char *_Nonnull text);

/// As `kr_curl_set`, for octets without a zero among them that may hold a secret: what is copied on the way is wiped.
bool kr_curl_set_secret(kr_curl *_Nonnull curl, kr_curl_setting setting, const uint8_t *_Nonnull octets, size_t length);

/// Adds a header line (`Name: value`, without a zero or a line end in it) to the next request; wiped when it is over.
bool kr_curl_add_header(kr_curl *_Nonnull curl, const uint8_t *_Nonnull line, size_t length);

/// Trusts the authorities of this PEM text: instead of the system's, or beside the system's directory of them where it
/// has one. The octets are copied.
bool kr_curl_set_authorities(
    kr_curl *_Nonnull curl, const uint8_t *_Nonnull octets, size_t length, bool beside_system);

/// Posts octets instead of getting, as a form where no header line says otherwise. The octets are not copied: they must stay
/// until the transfer has ended.
bool kr_curl_set_body(kr_curl *_Nonnull curl, const uint8_t *_Nullable octets, size_t length);

/// Sends octets by a method (`PUT`) instead of getting. They are copied.
bool kr_curl_set_octets(kr_curl *_Nonnull curl, const char *_Nonnull method, const uint8_t *_Nullable octets, size_t length);

/// Sends a piece of an open file, which must stay open until the transfer has ended.
bool kr_curl_set_file(kr_curl *_Nonnull curl, const char *_Nonnull method, int file, uint64_t offset, uint64_t length);

/// Asks for the headers alone.
bool kr_curl_set_head(kr_curl *_Nonnull curl);

/// Asks for a deletion instead of getting.
bool kr_curl_set_deletion(kr_curl *_Nonnull curl);

/// Starts the transfer. False: see `kr_curl_message`.
bool kr_curl_start(kr_curl *_Nonnull curl);

/// Moves what can be moved; then, if it is still under way, waits for more, at most so long.
kr_curl_state kr_curl_step(kr_curl *_Nonnull curl, int milliseconds);

/// Ends a transfer that is under way, with its connection. Returns at once, also while a name is being looked up.
void kr_curl_stop(kr_curl *_Nonnull curl);

/// libcurl's words for the end of the last transfer, maybe with text of the server's in them.
const char *_Nonnull kr_curl_message(const kr_curl *_Nonnull curl);

/// Why the server's certificate was refused in the last transfer.
kr_certificate_fault kr_curl_certificate_fault(kr_curl *_Nonnull curl);

/// Closes every connection and frees everything.
void kr_curl_close(kr_curl *_Nonnull curl);
