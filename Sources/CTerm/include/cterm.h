// The terminal, its signals, wake-ups, secret memory and child processes, as plain functions.
//
// Nothing of <curses.h> is visible here: no macro, no global, no struct. There is one terminal per process, and only
// the thread that opened it may call the functions of the sections "Terminal", "Drawing", "Events" and "Signals".

#ifndef CTERM_H
#define CTERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// MARK: Terminal

/// What became of opening the terminal.
enum {
  CTERM_OPENED = 0,
  CTERM_NOT_A_TERMINAL = 1,  ///< standard input or output is a file or a pipe
  CTERM_DUMB = 2,            ///< the cursor cannot be addressed
  CTERM_UNKNOWN = 3,         ///< TERM is unset, or neither in the database nor a name known to be xterm-like
  CTERM_ALREADY_OPEN = 4,
  CTERM_SYSTEM_ERROR = 5,    ///< errno tells
};

/// What the terminal can do, valid after opening.
typedef struct {
  int32_t rows, columns;
  int32_t colours;           ///< 0 where there are none or none are wanted
  bool utf8;                 ///< the character set of the locale; without it only ASCII is drawn
  bool stands_in;            ///< TERM is not in the database, and xterm-256color is used for it
} cterm_info;

/// Chooses the locale, takes the terminal, and installs the signal pipe and the crash restore.
int cterm_open(bool mouse, bool colour);
/// Gives the terminal back as it was found. Harmless when it is not open; also runs at exit.
void cterm_close(void);
cterm_info cterm_get_info(void);
/// The value of TERM, empty where there is none. Valid until the next cterm_open.
const char *cterm_name(void);

/// Gives the terminal to a child (an editor, a passphrase prompt): Ctrl-C and Ctrl-Z reach it as usual.
void cterm_leave(void);
/// Takes the terminal back and repaints it.
void cterm_enter(void);
/// Stops the process group as Ctrl-Z does, and returns when it has been continued.
void cterm_suspend(void);
/// Sets the modes again and repaints, after the process was stopped without a chance to leave.
void cterm_resume(void);
/// Asks the terminal for its size and takes it. True when it has changed.
bool cterm_resize(void);
/// Asks the terminal for mouse reports, or leaves the mouse to it.
void cterm_use_mouse(bool on);
/// Writes bytes that are not part of the picture, such as OSC 52. False when the terminal did not take them.
bool cterm_write(const uint8_t *bytes, size_t count);

// MARK: Drawing

enum { CTERM_BOLD = 1, CTERM_DIM_TEXT = 2, CTERM_UNDERLINE = 4, CTERM_REVERSE = 8 };

/// Line pieces, drawn with the terminal's line characters, or ASCII where it has none.
enum {
  CTERM_HORIZONTAL = 0,
  CTERM_VERTICAL,
  CTERM_UPPER_LEFT,
  CTERM_UPPER_RIGHT,
  CTERM_LOWER_LEFT,
  CTERM_LOWER_RIGHT,
  CTERM_TEE_RIGHT,
  CTERM_TEE_LEFT,
  CTERM_TEE_DOWN,
  CTERM_TEE_UP,
  CTERM_CROSS,
};

void cterm_erase(void);
void cterm_clear_row(int row);
/// Attributes and foreground (0 to 15, or -1 for the default) of what is put next.
void cterm_pen(uint32_t attributes, int colour);
/// Puts printable ASCII.
void cterm_put_ascii(int row, int column, const uint8_t *text, int count);
/// Puts one character with its combining marks. A question mark stands for what this C library would draw in another
/// width than `width`, as the rest of the row would move.
void cterm_put_glyph(int row, int column, const uint32_t *scalars, int count, int width);
void cterm_put_piece(int row, int column, int piece);
/// Shows the cursor there. A negative row hides it.
void cterm_cursor(int row, int column);
/// Sends the difference between this picture and the last.
void cterm_flush(void);
/// Makes the next flush send everything.
void cterm_redraw(void);

// MARK: Events

enum {
  CTERM_NO_EVENT = 0,
  CTERM_TEXT,         ///< code is a Unicode scalar or a control character
  CTERM_KEY,          ///< code is a key, below
  CTERM_MOUSE,        ///< code is a mouse action, below, at row and column from 0
  CTERM_PASTE_BEGIN,  ///< what follows is text, not keys, until
  CTERM_PASTE_END,
};

enum {
  CTERM_KEY_UP = 1,
  CTERM_KEY_DOWN,
  CTERM_KEY_LEFT,
  CTERM_KEY_RIGHT,
  CTERM_KEY_HOME,
  CTERM_KEY_END,
  CTERM_KEY_PAGE_UP,
  CTERM_KEY_PAGE_DOWN,
  CTERM_KEY_INSERT,
  CTERM_KEY_DELETE,
  CTERM_KEY_BACKSPACE,
  CTERM_KEY_ENTER,
  CTERM_KEY_BACK_TAB,
  CTERM_KEY_ESCAPE,
  CTERM_KEY_FUNCTION = 100,  ///< F1 is 101
};

enum { CTERM_PRESS = 1, CTERM_RELEASE, CTERM_WHEEL_UP, CTERM_WHEEL_DOWN };

typedef struct {
  int32_t type;
  uint32_t code;
  int32_t row, column;
} cterm_event;

/// The next event that has arrived, without waiting for one. CTERM_NO_EVENT when there is none.
///
/// An Esc with another byte right behind it (Alt and a key, or a sequence that is not known) is dropped with that byte:
/// neither half may act.
cterm_event cterm_next_event(void);
/// Forgets everything that was typed and not yet read, an unfinished paste included.
void cterm_discard_input(void);

enum {
  CTERM_READY_INPUT = 1,
  CTERM_READY_SIGNAL = 2,
  CTERM_READY_MAILBOX = 4,
  CTERM_READY_FILES = 8,
  CTERM_HANGUP = 16,
};

/// Blocks until something is ready, and says what: the bits above, 0 after the time-out. Descriptors below 0 are left
/// out; a negative time-out waits for ever.
int cterm_wait(int mailbox, int files, int timeout_ms);
/// Milliseconds of a clock that is never set.
uint64_t cterm_milliseconds(void);

// MARK: Signals

/// The next signal that has arrived, 0 when there is none: SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGINT
/// or SIGQUIT.
int cterm_next_signal(void);

enum {
  CTERM_SIGNAL_RESIZE = 1,
  CTERM_SIGNAL_CONTINUE,
  CTERM_SIGNAL_SUSPEND,
  CTERM_SIGNAL_KEYBOARD_END,  ///< SIGINT, SIGQUIT: asked for by a key, outside raw mode
  CTERM_SIGNAL_END,           ///< SIGTERM, SIGHUP
};

/// What such a signal asks for.
int cterm_signal_meaning(int signal);

// MARK: Wake-ups

/// A descriptor that becomes readable by cterm_mailbox_post. Negative errno on failure.
int cterm_mailbox_open(void);
/// Callable from every thread.
void cterm_mailbox_post(int descriptor);
void cterm_mailbox_drain(int descriptor);
/// Waits for one descriptor alone. False after the time-out. Needs no terminal.
bool cterm_wait_readable(int descriptor, int timeout_ms);

/// A descriptor that becomes readable when an entry of a watched directory changes. Negative errno on failure.
int cterm_watch_open(void);
/// Watches a directory, not what is below it. 0, or a negative errno.
int cterm_watch_add(int descriptor, const char *directory);
void cterm_watch_drain(int descriptor);

void cterm_close_descriptor(int descriptor);

// MARK: Secrets

/// Memory of its own pages, out of core dumps and children, locked where the system allows it. NULL on failure.
void *_Nullable cterm_secret_allocate(size_t count);
/// Wipes and frees.
void cterm_secret_free(void *secret, size_t count);
void cterm_wipe(void *memory, size_t count);

enum {
  CTERM_SECRET_CHANGED = 0,
  CTERM_SECRET_DONE,
  CTERM_SECRET_CANCELLED,  ///< Esc, Ctrl-C or Ctrl-G
  CTERM_SECRET_FULL,       ///< the byte did not fit and was dropped
  CTERM_SECRET_SIGNAL,     ///< a signal waits in cterm_next_signal
  CTERM_SECRET_ENDED,      ///< the terminal is gone
  CTERM_SECRET_SHOW,       ///< Ctrl-T: show what is typed, or hide it again
};

/// Reads one key of a passphrase past the curses queue, straight into `secret`. Backspace, Ctrl-U and pasting work.
/// `*used` counts the bytes; it is 0 and everything is wiped after a cancel.
int cterm_secret_key(uint8_t *secret, size_t capacity, size_t *used);

// MARK: Processes

/// Starts a program, found by PATH, with three descriptors (below 0: /dev/null), every other one closed and all
/// signals as the system gives them. `environment` NULL means this process's. A process id, or a negative errno.
int cterm_spawn(
    const char *program, char *_Nullable const *_Nonnull arguments, char *_Nullable const *_Nullable environment,
    int input, int output, int errors);
/// Waits for the end: the exit status, 128 + n after signal n, or a negative errno.
int cterm_wait_child(int process);
/// A pipe that children do not inherit: descriptors[0] reads, [1] writes. 0, or a negative errno.
int cterm_pipe(int *descriptors);

#pragma clang assume_nonnull end

#endif
