// A limit on the time that the engine takes to answer.

#ifndef KEYREEVE_GPGME_DEADLINE_H
#define KEYREEVE_GPGME_DEADLINE_H

#include <stdbool.h>

typedef struct deadline deadline;

/// Ends the engine that runs in `home` once `seconds` have passed without a call of `deadline_extend`. NULL without memory
/// or a thread to watch with: then there must be no operation either.
deadline *deadline_start(const char *home, unsigned seconds);

/// Counts the seconds from now on.
void deadline_extend(deadline *watch);

/// Whether the engine was ended for want of an answer.
bool deadline_passed(deadline *watch);

/// Ends the watch; NULL is allowed.
void deadline_stop(deadline *watch);

#endif
