// GPGME behind a few functions of our own: list the keys of a home, verify a detached signature in one.
//
// The engine (gpg) is started with an environment of its own: `GNUPGHOME` is the home, and whatever else steers GnuPG or
// the dynamic linker is left out. That is done by pointing `environ` at another array while a child is started, under a
// lock; the process's own variables are never written, and what other threads look up in between is there.

#ifndef KEYREEVE_GPGME_H
#define KEYREEVE_GPGME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Room for a fingerprint in hexadecimal, with its end: 64 digits for version 5 keys.
enum { keyreeve_gpgme_fingerprint_room = 65 };

/// Room for the text of an error.
enum { keyreeve_gpgme_message_room = 256 };

typedef struct keyreeve_gpgme_error {
  char message[keyreeve_gpgme_message_room];
} keyreeve_gpgme_error;

/// Loads GPGME and finds the engine's version, once per process: one run of `gpg --version`. Later calls cost nothing.
/// `gpg` is an absolute path. False where the engine cannot be used.
bool keyreeve_gpgme_prepare(const char *gpg, keyreeve_gpgme_error *error);

/// `keyreeve_gpgme_prepare` on a thread of its own; a failure shows when the engine is used.
void keyreeve_gpgme_prepare_in_background(const char *gpg);

/// A listing under way. It belongs to the thread that reads it.
typedef struct keyreeve_gpgme_listing keyreeve_gpgme_listing;

/// A primary key or subkey as the engine judges it.
typedef struct keyreeve_gpgme_subkey {
  char fingerprint[keyreeve_gpgme_fingerprint_room];
  /// Seconds since 1970; 0 for none.
  int64_t expires;
  bool revoked, expired, disabled, invalid, can_sign;
} keyreeve_gpgme_subkey;

/// A key as the engine judges it; `subkey_count` counts the primary key too.
typedef struct keyreeve_gpgme_key {
  bool revoked, expired, disabled, invalid;
  size_t subkey_count;
} keyreeve_gpgme_key;

/// What a step of a listing came to.
typedef enum keyreeve_gpgme_step {
  keyreeve_gpgme_step_key,
  keyreeve_gpgme_step_end,
  keyreeve_gpgme_step_failed,
} keyreeve_gpgme_step;

/// Starts listing all public keys of `home`, which must be absolute. NULL and `error` where it cannot. The engine may take
/// `seconds` for each answer.
keyreeve_gpgme_listing *keyreeve_gpgme_list(
    const char *gpg, const char *home, unsigned seconds, keyreeve_gpgme_error *error);

/// Waits for the next key.
keyreeve_gpgme_step keyreeve_gpgme_list_next(
    keyreeve_gpgme_listing *listing, keyreeve_gpgme_key *key, keyreeve_gpgme_error *error);

/// The key or subkey at `index` (0: the primary key) of the key last listed; false past the end.
bool keyreeve_gpgme_list_subkey(
    const keyreeve_gpgme_listing *listing, size_t index, keyreeve_gpgme_subkey *subkey);

/// The user id at `index` of the key last listed, as long as that key is: its octets up to their first NUL, and whether
/// the engine calls it revoked or invalid. It calls neither so that has no self-signature at all. NULL past the end.
const char *keyreeve_gpgme_list_user_id(const keyreeve_gpgme_listing *listing, size_t index, bool *refused);

/// Ends a listing, also one that has not come to its end: the engine is then cut off.
void keyreeve_gpgme_list_close(keyreeve_gpgme_listing *listing);

/// What the engine says of one signature.
typedef enum keyreeve_gpgme_status {
  keyreeve_gpgme_good,
  keyreeve_gpgme_bad,
  keyreeve_gpgme_no_key,
  keyreeve_gpgme_key_expired,
  keyreeve_gpgme_key_revoked,
  keyreeve_gpgme_signature_expired,
  keyreeve_gpgme_weak_hash,
  keyreeve_gpgme_wrong_usage,
  keyreeve_gpgme_time_conflict,
  keyreeve_gpgme_other,
} keyreeve_gpgme_status;

typedef struct keyreeve_gpgme_signature {
  keyreeve_gpgme_status status;
  /// The signing key or subkey; for a good signature from the engine's VALIDSIG line.
  char fingerprint[keyreeve_gpgme_fingerprint_room];
  /// The primary key, from the VALIDSIG line; empty without one.
  char primary_fingerprint[keyreeve_gpgme_fingerprint_room];
  /// Whether the engine wrote a VALIDSIG line for this signature.
  bool validated;
} keyreeve_gpgme_signature;

/// Verifies the detached signatures in `octets` over what `data` yields from its present position, with the keys of
/// `home`, within `seconds`. Writes at most `room` results and their number to `count`; false where the engine failed.
bool keyreeve_gpgme_verify(
    const char *gpg, const char *home, const uint8_t *octets, size_t octet_count, int data,
    unsigned seconds, keyreeve_gpgme_signature *results, size_t room, size_t *count, keyreeve_gpgme_error *error);

#endif
