// Signals become bytes of a pipe, and are acted upon where the loop reads them.

#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const int watched[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGPIPE};
enum { WATCHED = sizeof watched / sizeof *watched };

static int ends[2] = {-1, -1};
// A child that has been forked and has not yet become another program still has our handlers, and our pipe.
static pid_t owner;
static struct sigaction found[WATCHED];

static void record(int signal) {
  if (getpid() != owner) return;
  int cause = errno;
  unsigned char byte = (unsigned char)signal;
  // A full pipe already holds news of this kind.
  ssize_t ignored = write(ends[1], &byte, 1);
  (void)ignored;
  errno = cause;
}

static void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, NULL);
}

bool cterm_signals_install(void) {
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
  owner = getpid();
  for (int i = 0; i < WATCHED; i++) {
    sigaction(watched[i], NULL, &found[i]);
    handle(watched[i], watched[i] == SIGPIPE ? SIG_IGN : record);
  }
  return true;
}

void cterm_signals_remove(void) {
  for (int i = 0; i < WATCHED; i++) sigaction(watched[i], &found[i], NULL);
  close(ends[0]);
  close(ends[1]);
  ends[0] = ends[1] = -1;
}

int cterm_signals_descriptor(void) { return ends[0]; }

void cterm_signals_default_suspend(bool on) { handle(SIGTSTP, on ? SIG_DFL : record); }

int cterm_next_signal(void) {
  unsigned char byte;
  return read(ends[0], &byte, 1) == 1 ? byte : 0;
}

int cterm_signal_meaning(int signal) {
  switch (signal) {
    case SIGWINCH: return CTERM_SIGNAL_RESIZE;
    case SIGCONT: return CTERM_SIGNAL_CONTINUE;
    case SIGTSTP: return CTERM_SIGNAL_SUSPEND;
    case SIGINT:
    case SIGQUIT: return CTERM_SIGNAL_KEYBOARD_END;
    default: return CTERM_SIGNAL_END;
  }
}

void cterm_suspend(void) {
  cterm_leave();
  // The others of the group first, while we ignore it. Then ourselves, by a signal to this very thread: it takes effect
  // before raise returns, and not somewhere in the lines below.
  handle(SIGTSTP, SIG_IGN);
  kill(0, SIGTSTP);
  handle(SIGTSTP, SIG_DFL);
  raise(SIGTSTP);
  cterm_enter();
}
