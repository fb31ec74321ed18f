// Passphrases: memory that is wiped, and a way from the keyboard into it that leaves no copy behind.

#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void *cterm_secret_allocate(size_t count) {
  void *secret = mmap(NULL, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (secret == MAP_FAILED) return NULL;
  // Each of these may be refused (limits, an old kernel). The secret is then less protected, but still usable.
  mlock(secret, count);
  madvise(secret, count, MADV_DONTDUMP);
  madvise(secret, count, MADV_WIPEONFORK);
  return secret;
}

void cterm_secret_free(void *secret, size_t count) {
  explicit_bzero(secret, count);
  munlock(secret, count);
  munmap(secret, count);
}

void cterm_wipe(void *memory, size_t count) { explicit_bzero(memory, count); }

// MARK: Keyboard

enum { CTRL_C = 3, CTRL_G = 7, CTRL_H = 8, CTRL_T = 20, CTRL_U = 21, ESCAPE = 27, DELETE = 127 };

/// One byte within the time: 1, 0 when none came, -1 when the terminal is gone.
static int read_byte(uint8_t *byte, int timeout_ms) {
  struct pollfd more = {.fd = cterm_tty, .events = POLLIN};
  if (poll(&more, 1, timeout_ms) <= 0) return 0;
  ssize_t count = read(cterm_tty, byte, 1);
  if (count == 1) return 1;
  return count < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
}

/// Drops an arrow key or a paste bracket. False when the Esc stood alone.
static bool swallow_sequence(void) {
  uint8_t byte;
  if (read_byte(&byte, get_escdelay()) <= 0) return false;
  if (byte == 'O') read_byte(&byte, 200);
  if (byte != '[') return true;
  do {
    if (read_byte(&byte, 200) <= 0) break;
  } while (byte < 0x40 || byte > 0x7e);
  return true;
}

/// Takes away the last UTF-8 character.
static void erase_last(uint8_t *secret, size_t *used) {
  while (*used > 0) {
    uint8_t last = secret[--*used];
    secret[*used] = 0;
    if ((last & 0xC0) != 0x80) return;
  }
}

static int accept(uint8_t byte, uint8_t *secret, size_t capacity, size_t *used) {
  switch (byte) {
    case '\r':
    case '\n': return CTERM_SECRET_DONE;
    case CTRL_C:
    case CTRL_G: return CTERM_SECRET_CANCELLED;
    case CTRL_T: return CTERM_SECRET_SHOW;
    case ESCAPE: return swallow_sequence() ? CTERM_SECRET_CHANGED : CTERM_SECRET_CANCELLED;
    case CTRL_H:
    case DELETE: erase_last(secret, used); return CTERM_SECRET_CHANGED;
    case CTRL_U:
      explicit_bzero(secret, capacity);
      *used = 0;
      return CTERM_SECRET_CHANGED;
    default: break;
  }
  if (byte < 32) return CTERM_SECRET_CHANGED;
  if (*used == capacity) return CTERM_SECRET_FULL;
  secret[(*used)++] = byte;
  return CTERM_SECRET_CHANGED;
}

int cterm_secret_key(uint8_t *secret, size_t capacity, size_t *used) {
  int result = CTERM_SECRET_CHANGED;
  int ready = cterm_wait(-1, -1, -1);
  if (ready & CTERM_READY_SIGNAL) {
    return CTERM_SECRET_SIGNAL;
  } else if (ready & CTERM_READY_INPUT) {
    uint8_t byte = 0;
    int count = read_byte(&byte, 0);
    if (count > 0) result = accept(byte, secret, capacity, used);
    if (count < 0) result = CTERM_SECRET_ENDED;
    explicit_bzero(&byte, 1);
  } else if (ready & CTERM_HANGUP) {
    result = CTERM_SECRET_ENDED;
  }
  if (result == CTERM_SECRET_CANCELLED || result == CTERM_SECRET_ENDED) {
    explicit_bzero(secret, capacity);
    *used = 0;
  }
  return result;
}
