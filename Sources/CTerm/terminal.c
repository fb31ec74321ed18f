// Opening the terminal, giving it away for a while, and giving it back.

#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int cterm_tty = -1;
bool cterm_is_open;

static SCREEN *screen;
static FILE *output, *input;
static char term_name[128];
static bool stands_in, reports_mouse, xterm_like;

const char *cterm_name(void) { return term_name; }

const char *cterm_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}

// MARK: Locale

static bool says_utf8(const char *locale) {
  return locale != NULL && (strcasestr(locale, "UTF-8") != NULL || strcasestr(locale, "UTF8") != NULL);
}

/// ssh hands on the name of a locale that this machine may not have; the character set it asks for is there all the
/// same.
static void choose_locale(void) {
  if (setlocale(LC_CTYPE, "") != NULL) return;
  const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *wanted = getenv(names[i]);
    if (wanted == NULL || *wanted == '\0') continue;
    if (says_utf8(wanted)) setlocale(LC_CTYPE, "C.UTF-8");
    return;
  }
}

// MARK: Opening

/// Bytes of one key come further apart over a network. A pause longer than this turns an arrow key into a lone Esc.
static int escape_delay(void) {
  const char *wanted = getenv("ESCDELAY");
  if (wanted != NULL) {
    char *end;
    long value = strtol(wanted, &end, 10);
    if (end != wanted && *end == '\0' && value >= 0 && value <= 5000) return (int)value;
  }
  bool remote = getenv("SSH_CONNECTION") != NULL || getenv("SSH_TTY") != NULL || getenv("MOSH_IP") != NULL;
  return remote ? 150 : 25;
}

/// Terminals that are missing from small terminfo databases and understand what xterm understands.
static bool known_good(const char *name) {
  static const char *const names[] = {"xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm", "st-256color"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(name, names[i]) == 0) return true;
  }
  return false;
}

static void release_files(void) {
  if (output != NULL) fclose(output);
  if (input != NULL) fclose(input);
  if (cterm_tty >= 0) close(cterm_tty);
  output = input = NULL;
  cterm_tty = -1;
}

static bool open_files(void) {
  cterm_tty = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (cterm_tty < 0) cterm_tty = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  if (cterm_tty < 0) return false;
  int copies[2] = {fcntl(cterm_tty, F_DUPFD_CLOEXEC, 3), fcntl(cterm_tty, F_DUPFD_CLOEXEC, 3)};
  if (copies[0] >= 0) output = fdopen(copies[0], "w");
  if (copies[1] >= 0) input = fdopen(copies[1], "r");
  if (output != NULL && input != NULL) return true;
  if (output == NULL && copies[0] >= 0) close(copies[0]);
  if (input == NULL && copies[1] >= 0) close(copies[1]);
  return false;
}

static void open_screen(void) {
  set_escdelay(escape_delay());
  stands_in = false;
  screen = newterm(term_name, output, input);
  if (screen == NULL && known_good(term_name)) {
    screen = newterm("xterm-256color", output, input);
    stands_in = screen != NULL;
  }
}

static void set_modes(void) {
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  meta(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  intrflush(stdscr, FALSE);
  leaveok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
}

/// Paste brackets and mouse reports. SGR reports (1006) have no limit of 223 columns; a terminal without them sends the
/// old ones, which are understood as well.
static void report_mouse(bool on) {
  const char *mouse = on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l";
  if (xterm_like) cterm_write((const uint8_t *)mouse, strlen(mouse));
}

static void extras(bool on) {
  if (!xterm_like) return;
  const char *paste = on ? "\033[?2004h" : "\033[?2004l";
  cterm_write((const uint8_t *)paste, strlen(paste));
  if (reports_mouse) report_mouse(on);
}

void cterm_use_mouse(bool on) {
  if (!cterm_is_open || reports_mouse == on) return;
  reports_mouse = on;
  report_mouse(on);
}

static int refuse(int reason) {
  int cause = errno;
  if (screen != NULL) delscreen(screen);
  screen = NULL;
  release_files();
  errno = cause;
  return reason;
}

int cterm_open(bool mouse, bool colour) {
  if (cterm_is_open) return CTERM_ALREADY_OPEN;
  const char *name = getenv("TERM");
  snprintf(term_name, sizeof term_name, "%s", name == NULL ? "" : name);
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return CTERM_NOT_A_TERMINAL;
  if (strcmp(term_name, "dumb") == 0) return CTERM_DUMB;
  if (*term_name == '\0') return CTERM_UNKNOWN;

  choose_locale();
  if (!open_files()) return refuse(CTERM_SYSTEM_ERROR);
  open_screen();
  if (screen == NULL) return refuse(CTERM_UNKNOWN);
  if (cterm_capability("cup") == NULL) {
    endwin();
    return refuse(CTERM_DUMB);
  }
  set_modes();
  cterm_start_colours(colour);
  reports_mouse = mouse;
  xterm_like = cterm_capability("kmous") != NULL;
  cterm_define_keys();
  if (!cterm_signals_install()) {
    endwin();
    return refuse(CTERM_SYSTEM_ERROR);
  }
  cterm_crash_install();
  cterm_is_open = true;
  extras(true);

  static bool registered;
  if (!registered) registered = atexit(cterm_close) == 0;
  return CTERM_OPENED;
}

cterm_info cterm_get_info(void) {
  cterm_info info = {.rows = LINES, .columns = COLS, .colours = 0, .utf8 = false, .stands_in = stands_in};
  info.colours = has_colors() ? COLORS : 0;
  info.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  return info;
}

// MARK: Leaving

/// Some terminals have no second screen, and some leave the last picture on the first one: take it away before.
static void leave_screen(void) {
  extras(false);
  werase(stdscr);
  clearok(stdscr, TRUE);
  wrefresh(stdscr);
  endwin();
}

void cterm_close(void) {
  if (!cterm_is_open) return;
  leave_screen();
  cterm_is_open = false;
  cterm_crash_remove();
  cterm_signals_remove();
  delscreen(screen);
  screen = NULL;
  release_files();
}

void cterm_leave(void) {
  def_prog_mode();
  leave_screen();
  cterm_signals_default_suspend(true);
}

void cterm_enter(void) {
  cterm_signals_default_suspend(false);
  cterm_resume();
}

void cterm_resume(void) {
  reset_prog_mode();
  extras(true);
  cterm_resize();
  clearok(stdscr, TRUE);
  wrefresh(stdscr);
}

bool cterm_resize(void) {
  struct winsize size;
  if (ioctl(cterm_tty, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  if (size.ws_row == LINES && size.ws_col == COLS) return false;
  return resizeterm(size.ws_row, size.ws_col) == OK;
}

bool cterm_write(const uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(cterm_tty, bytes, count);
    if (written >= 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (errno == EAGAIN) {
      struct pollfd room = {.fd = cterm_tty, .events = POLLOUT};
      if (poll(&room, 1, 1000) == 0) return false;
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}
