// Descriptors that wake the loop: a mailbox for results of background work, and changes in directories.

#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

int cterm_mailbox_open(void) {
  int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

void cterm_mailbox_post(int descriptor) {
  uint64_t one = 1;
  // It fails only when the counter is full, and then the loop is woken anyway.
  ssize_t ignored = write(descriptor, &one, sizeof one);
  (void)ignored;
}

void cterm_mailbox_drain(int descriptor) {
  uint64_t count;
  ssize_t ignored = read(descriptor, &count, sizeof count);
  (void)ignored;
}

bool cterm_wait_readable(int descriptor, int timeout_ms) {
  struct pollfd source = {.fd = descriptor, .events = POLLIN};
  return descriptor >= 0 && poll(&source, 1, timeout_ms) > 0;
}

int cterm_watch_open(void) {
  int descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

int cterm_watch_add(int descriptor, const char *directory) {
  // Not IN_MODIFY: a file is read again when its writer is done, and not at each of its writes.
  uint32_t changes = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ATTRIB;
  uint32_t itself = IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
  return inotify_add_watch(descriptor, directory, changes | itself) < 0 ? -errno : 0;
}

void cterm_watch_drain(int descriptor) {
  char news[4096] __attribute__((aligned(8)));
  while (read(descriptor, news, sizeof news) > 0) continue;
}

void cterm_close_descriptor(int descriptor) { close(descriptor); }
