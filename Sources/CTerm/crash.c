// A crash must not leave the terminal in raw mode on the second screen, with the report of the crash on it.

#include "terminal.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
enum { FATAL = sizeof fatal / sizeof *fatal };

static struct sigaction found[FATAL];
static struct termios modes;
static bool have_modes;
static volatile sig_atomic_t armed;

/// Made beforehand, as a handler may do nothing but write.
static char farewell[512];
static size_t farewell_length;

static void add(const char *bytes) {
  if (bytes == NULL) return;
  size_t length = strlen(bytes);
  if (farewell_length + length > sizeof farewell) return;
  memcpy(farewell + farewell_length, bytes, length);
  farewell_length += length;
}

static void restore(void) {
  if (!armed) return;
  armed = 0;
  ssize_t ignored = write(cterm_tty, farewell, farewell_length);
  (void)ignored;
  if (have_modes) tcsetattr(cterm_tty, TCSANOW, &modes);
}

/// Hands on to whoever was there before us, such as the language runtime with its backtrace.
static void on_crash(int signal, siginfo_t *info, void *context) {
  restore();
  for (int i = 0; i < FATAL; i++) {
    if (fatal[i] != signal) continue;
    if (found[i].sa_flags & SA_SIGINFO) {
      found[i].sa_sigaction(signal, info, context);
      return;
    }
    if (found[i].sa_handler != SIG_DFL && found[i].sa_handler != SIG_IGN) {
      found[i].sa_handler(signal);
      return;
    }
  }
  // Blocked while we are in here: it arrives, with its default action, on return.
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigaction(signal, &action, NULL);
  raise(signal);
}

/// An overflown stack cannot run its own handler. A stack that someone else set up is kept.
static void provide_stack(void) {
  static char stack[65536];
  stack_t current;
  if (sigaltstack(NULL, &current) != 0 || !(current.ss_flags & SS_DISABLE)) return;
  stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&own, NULL);
}

void cterm_crash_install(void) {
  farewell_length = 0;
  if (cterm_capability("kmous") != NULL) add("\033[?2004l\033[?1006l\033[?1000l");
  add(cterm_capability("sgr0"));
  add(cterm_capability("cnorm"));
  add(cterm_capability("rmkx"));
  add(cterm_capability("rmcup"));
  add("\r\n");
  def_prog_mode();
  reset_shell_mode();
  have_modes = tcgetattr(cterm_tty, &modes) == 0;
  reset_prog_mode();

  provide_stack();
  struct sigaction action = {.sa_sigaction = on_crash, .sa_flags = SA_ONSTACK | SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  armed = 1;
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &action, &found[i]);
}

void cterm_crash_remove(void) {
  armed = 0;
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &found[i], NULL);
}
