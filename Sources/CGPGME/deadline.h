// A limit on the time that the engine takes to answer.

#ifndef KEYREEVE_GPGME_DEADLINE_H
#define KEYREEVE_GPGME_DEADLINE_H

#include <gpgme.h>
#include <stdbool.h>

typedef struct deadline deadline;

/// Cancels what runs in `context` once `seconds` have passed without a call of `deadline_extend`. NULL without memory or
/// a thread to watch with: then there must be no operation either.
deadline *deadline_start(gpgme_ctx_t context, unsigned seconds);

/// Counts the seconds from now on.
void deadline_extend(deadline *watch);

/// Whether the operation was cancelled for want of an answer.
bool deadline_passed(deadline *watch);

/// Ends the watch; NULL is allowed. The context must still exist.
void deadline_stop(deadline *watch);

#endif
