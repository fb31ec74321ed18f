// Contexts of GPGME for one home, and the text of its errors.

#ifndef KEYREEVE_GPGME_CONTEXT_H
#define KEYREEVE_GPGME_CONTEXT_H

#include <gpgme.h>

#include "keyreeve_gpgme.h"

/// Writes the text of `code`, after `what`, to `error`.
void engine_fail(keyreeve_gpgme_error *error, const char *what, gpgme_error_t code);

/// A context for `gpg`, and the engine's environment for `home` entered: the caller leaves it as soon as its child runs.
/// NULL, and nothing entered, where it cannot.
gpgme_ctx_t engine_context(const char *gpg, const char *home, keyreeve_gpgme_error *error);

#endif
