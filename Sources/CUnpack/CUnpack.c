#define _GNU_SOURCE
#include "CUnpack.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

int kr_set_attribute(int file, const char *name, const void *value, size_t length) {
  return fsetxattr(file, name, value, length, 0) == 0 ? 0 : errno;
}

int kr_make_node(int directory, const char *name, mode_t mode, uint32_t major, uint32_t minor) {
  return mknodat(directory, name, mode, makedev(major, minor)) == 0 ? 0 : errno;
}

static volatile sig_atomic_t noted;

static void note(int signal) {
  if (noted == 0) noted = signal;
}

void kr_note_interrupts(void) {
  static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    struct sigaction before;
    // What is ignored, as with nohup, stays ignored.
    if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(signals[i], &action, NULL);
  }
}

int kr_noted_interrupt(void) { return noted; }

void kr_end_by(int number) {
  signal(number, SIG_DFL);
  raise(number);
}
