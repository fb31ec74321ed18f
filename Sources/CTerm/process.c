// Child processes that inherit nothing they were not given.

#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int connect_files(posix_spawn_file_actions_t *actions, const int files[3]) {
  for (int i = 0; i < 3; i++) {
    int mode = i == 0 ? O_RDONLY : O_WRONLY;
    int failure = files[i] < 0 ? posix_spawn_file_actions_addopen(actions, i, "/dev/null", mode, 0)
                               : posix_spawn_file_actions_adddup2(actions, files[i], i);
    if (failure != 0) return failure;
  }
  return posix_spawn_file_actions_addclosefrom_np(actions, 3);
}

/// An ignored SIGPIPE, for one, would be inherited.
static int default_signals(posix_spawnattr_t *attributes) {
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setsigmask(attributes, &none);
  return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

int cterm_spawn(
    const char *program, char *const *arguments, char *const *environment, int input, int output, int errors) {
  // Descriptors below 3 would be overwritten by one another while they are put in place.
  const int files[3] = {input, output, errors};
  for (int i = 0; i < 3; i++) {
    if (files[i] >= 0 && files[i] < 3 && files[i] != i) return -EINVAL;
  }
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (posix_spawn_file_actions_init(&actions) != 0) return -ENOMEM;
  if (posix_spawnattr_init(&attributes) != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return -ENOMEM;
  }
  pid_t process = 0;
  int failure = connect_files(&actions, files);
  if (failure == 0) failure = default_signals(&attributes);
  if (failure == 0) {
    char *const *variables = environment != NULL ? environment : environ;
    failure = posix_spawnp(&process, program, &actions, &attributes, arguments, variables);
  }
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failure != 0 ? -failure : process;
}

int cterm_wait_child(int process) {
  int status;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return -errno;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int cterm_pipe(int *descriptors) { return pipe2(descriptors, O_CLOEXEC) == 0 ? 0 : -errno; }
