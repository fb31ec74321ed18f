// The engine's environment: see keyreeve_gpgme.h.

#ifndef KEYREEVE_GPGME_ENVIRONMENT_H
#define KEYREEVE_GPGME_ENVIRONMENT_H

#include <stdbool.h>

/// Points `environ` at a cleaned copy with `GNUPGHOME` set to `home` and, unless it is NULL, `PATH` to `path`, and holds
/// the lock until `engine_environment_leave`. False where memory is short; nothing is held then.
bool engine_environment_enter(const char *path, const char *home);

/// Points `environ` back. Harmless where the calling thread holds nothing.
void engine_environment_leave(void);

#endif
