// From the bytes of the terminal to events.

#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

enum { ESCAPE = 27 };

/// How long the rest of a sequence may take once its start is known.
enum { REST_MS = 200 };
/// How long after an Esc a `[` or `O` is taken for the late rest of a key, and not for typing.
enum { LATE_SEQUENCE_MS = 1000 };

static bool pasting;
static uint64_t last_escape;

uint64_t cterm_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

// MARK: Sequences

/// The next character of a sequence that has begun. 0 when it does not come in time, or a key comes instead.
static wint_t rest(void) {
  wint_t character = 0;
  int result = wget_wch(stdscr, &character);
  if (result == ERR) {
    struct pollfd more = {.fd = cterm_tty, .events = POLLIN};
    if (poll(&more, 1, REST_MS) <= 0) return 0;
    result = wget_wch(stdscr, &character);
  }
  return result == OK ? character : 0;
}

/// Reads and drops what belongs to `\033[` or `\033O`.
static void swallow_sequence(wint_t introducer) {
  if (introducer == 'O') {
    rest();
    return;
  }
  for (int i = 0; i < 64; i++) {
    wint_t character = rest();
    if (character == 0 || (character >= 0x40 && character <= 0x7e)) return;
  }
}

// MARK: Mouse

static cterm_event mouse(uint32_t code, int row, int column) {
  return (cterm_event){.type = CTERM_MOUSE, .code = code, .row = row, .column = column};
}

/// Bits of a report: 0 to 2 the button, +64 the wheel. Other buttons, modifiers and movement are nobody's business.
static uint32_t mouse_action(int bits, bool released) {
  if (bits == 64) return CTERM_WHEEL_UP;
  if (bits == 65) return CTERM_WHEEL_DOWN;
  if (bits == 0) return released ? CTERM_RELEASE : CTERM_PRESS;
  return 0;
}

/// `\033[<` bits `;` column `;` row, then `M` or `m`.
static cterm_event sgr_mouse(void) {
  int numbers[3] = {0, 0, 0};
  int count = 0;
  for (int i = 0; i < 32; i++) {
    wint_t character = rest();
    if (character >= '0' && character <= '9' && numbers[count] < 10000) {
      numbers[count] = numbers[count] * 10 + (int)(character - '0');
    } else if (character == ';' && count < 2) {
      count++;
    } else if ((character == 'M' || character == 'm') && count == 2) {
      uint32_t action = mouse_action(numbers[0], character == 'm');
      if (action == 0 || numbers[1] < 1 || numbers[2] < 1) break;
      return mouse(action, numbers[2] - 1, numbers[1] - 1);
    } else {
      break;
    }
  }
  return (cterm_event){.type = CTERM_NO_EVENT};
}

/// `\033[M`, then three bytes, each 32 higher than its value.
static cterm_event x10_mouse(void) {
  int bits = (int)rest() - 32, column = (int)rest() - 33, row = (int)rest() - 33;
  if (bits < 0 || column < 0 || row < 0) return (cterm_event){.type = CTERM_NO_EVENT};
  uint32_t action = bits == 3 ? CTERM_RELEASE : mouse_action(bits, false);
  if (action == 0) return (cterm_event){.type = CTERM_NO_EVENT};
  return mouse(action, row, column);
}

// MARK: Keys

static uint32_t key_for(wint_t code) {
  switch (code) {
    case KEY_UP: return CTERM_KEY_UP;
    case KEY_DOWN: return CTERM_KEY_DOWN;
    case KEY_LEFT: return CTERM_KEY_LEFT;
    case KEY_RIGHT: return CTERM_KEY_RIGHT;
    case KEY_HOME: return CTERM_KEY_HOME;
    case KEY_END: return CTERM_KEY_END;
    case KEY_PPAGE: return CTERM_KEY_PAGE_UP;
    case KEY_NPAGE: return CTERM_KEY_PAGE_DOWN;
    case KEY_IC: return CTERM_KEY_INSERT;
    case KEY_DC: return CTERM_KEY_DELETE;
    case KEY_BACKSPACE: return CTERM_KEY_BACKSPACE;
    case KEY_ENTER: return CTERM_KEY_ENTER;
    case KEY_BTAB: return CTERM_KEY_BACK_TAB;
    default: break;
  }
  if (code > KEY_F0 && code <= KEY_F(12)) return CTERM_KEY_FUNCTION + (code - KEY_F0);
  return 0;
}

static cterm_event function_key(wint_t code) {
  cterm_event event = {.type = CTERM_NO_EVENT};
  switch (code) {
    case KEY_PASTE_BEGIN:
      pasting = true;
      event.type = CTERM_PASTE_BEGIN;
      return event;
    case KEY_PASTE_END:
      // A closing bracket alone is rubbish, or someone's joke.
      if (pasting) event.type = CTERM_PASTE_END;
      pasting = false;
      return event;
    case KEY_MOUSE_SGR: return sgr_mouse();
    case KEY_MOUSE_X10: return x10_mouse();
    default: break;
  }
  if (pasting) return event;
  event.code = key_for(code);
  if (event.code != 0) event.type = CTERM_KEY;
  return event;
}

/// An Esc alone is the key. With something right behind it, it is Alt or a sequence that nobody knows.
static cterm_event escape(void) {
  cterm_event event = {.type = CTERM_KEY, .code = CTERM_KEY_ESCAPE};
  for (;;) {
    wint_t next = 0;
    int result = wget_wch(stdscr, &next);
    if (result == ERR) {
      last_escape = cterm_milliseconds();
      return event;
    }
    if (result == OK && next == ESCAPE) continue;
    // A paste has to be seen to its end, whatever came before it.
    if (result == KEY_CODE_YES && next == KEY_PASTE_BEGIN) return function_key(next);
    if (result == KEY_CODE_YES) {
      if (next == KEY_MOUSE_SGR || next == KEY_MOUSE_X10) function_key(next);
    } else if (next == '[' || next == 'O') {
      swallow_sequence(next);
    }
    return (cterm_event){.type = CTERM_NO_EVENT};
  }
}

/// The rest of a key whose bytes came too far apart: its Esc was given out, and the rest must not act.
static bool late_sequence(wint_t character) {
  if (character != '[' && character != 'O') return false;
  if (last_escape == 0 || cterm_milliseconds() - last_escape > LATE_SEQUENCE_MS) return false;
  last_escape = 0;
  swallow_sequence(character);
  return true;
}

cterm_event cterm_next_event(void) {
  for (;;) {
    wint_t code = 0;
    int result = wget_wch(stdscr, &code);
    if (result == ERR) return (cterm_event){.type = CTERM_NO_EVENT};

    cterm_event event = {.type = CTERM_NO_EVENT};
    if (result == KEY_CODE_YES) {
      event = function_key(code);
    } else if (!pasting && code == ESCAPE) {
      event = escape();
    } else if (pasting || !late_sequence(code)) {
      event = (cterm_event){.type = CTERM_TEXT, .code = (uint32_t)code};
    }
    if (event.type != CTERM_NO_EVENT && event.code != CTERM_KEY_ESCAPE) last_escape = 0;
    if (event.type != CTERM_NO_EVENT) return event;
  }
}

void cterm_discard_input(void) {
  flushinp();
  pasting = false;
}

// MARK: Waiting

int cterm_wait(int mailbox, int files, int timeout_ms) {
  struct pollfd sources[] = {
      {.fd = cterm_tty, .events = POLLIN},
      {.fd = cterm_signals_descriptor(), .events = POLLIN},
      {.fd = mailbox, .events = POLLIN},
      {.fd = files, .events = POLLIN},
  };
  int count;
  // After an interruption the signal is in the pipe, and ends the next wait at once.
  do count = poll(sources, sizeof sources / sizeof *sources, timeout_ms);
  while (count < 0 && errno == EINTR);
  if (count <= 0) return 0;

  int ready = 0;
  if (sources[0].revents & POLLIN) ready |= CTERM_READY_INPUT;
  if (sources[0].revents & (POLLHUP | POLLERR | POLLNVAL)) ready |= CTERM_HANGUP;
  if (sources[1].revents & POLLIN) ready |= CTERM_READY_SIGNAL;
  if (sources[2].revents & POLLIN) ready |= CTERM_READY_MAILBOX;
  if (sources[3].revents & POLLIN) ready |= CTERM_READY_FILES;
  return ready;
}
