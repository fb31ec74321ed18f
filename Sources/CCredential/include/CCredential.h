/// Asks a credential helper, a program of docker's, for what it keeps: the only program that ContentTrust's rooms start.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// How the asking ended.
typedef enum {
  /// The program ended by itself, with `status`.
  KR_CREDENTIAL_ENDED = 0,
  /// There is no such program, or it could not be started: `status` is the system's error number.
  KR_CREDENTIAL_NOT_STARTED,
  /// It took too long, and was killed.
  KR_CREDENTIAL_TOO_SLOW,
  /// It said more than there is room for, and was killed.
  KR_CREDENTIAL_TOO_MUCH,
  /// A signal ended it: `status` is its number.
  KR_CREDENTIAL_KILLED,
} kr_credential_end;

/// The end, and what was said until then.
typedef struct {
  kr_credential_end end;
  int status;
  size_t length;
} kr_credential_answer;

/// Runs `program get` (looked up in PATH) with `host` on its input and no descriptors but its three; takes what it says
/// into `room`, and waits for so many milliseconds. What it complains of goes nowhere. The host may have 4,096 octets.
kr_credential_answer kr_credential_ask(
    const char *_Nonnull program, const uint8_t *_Nonnull host, size_t host_length, uint8_t *_Nonnull room,
    size_t capacity, int milliseconds);
