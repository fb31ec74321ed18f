// Everything that a program must not inherit is closed before it begins.

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CSpawn.h"

static int connect_places(posix_spawn_file_actions_t *actions, const kr_spawn_order *order) {
  int failure = 0, next = 0;
  for (size_t i = 0; failure == 0 && i < order->count; i++) {
    const int place = order->places[i];
    for (; failure == 0 && next < place; next++) failure = posix_spawn_file_actions_addclose(actions, next);
    next = place + 1;
    if (failure != 0) break;
    failure = order->sources[i] < 0 ? posix_spawn_file_actions_addopen(actions, place, "/dev/null", O_RDWR, 0)
                                    : posix_spawn_file_actions_adddup2(actions, order->sources[i], place);
  }
  return failure != 0 ? failure : posix_spawn_file_actions_addclosefrom_np(actions, next);
}

/// Signals as they are by default, none held back.
static int set_surroundings(posix_spawnattr_t *attributes, bool has_own_group) {
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setpgroup(attributes, 0);
  return posix_spawnattr_setflags(
      attributes, (short)(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | (has_own_group ? POSIX_SPAWN_SETPGROUP : 0)));
}

int kr_spawn(const kr_spawn_order *order, pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (posix_spawn_file_actions_init(&actions) != 0) return ENOMEM;
  if (posix_spawnattr_init(&attributes) != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return ENOMEM;
  }
  int failure = connect_places(&actions, order);
  if (failure == 0 && order->directory[0] != '\0')
    failure = posix_spawn_file_actions_addchdir_np(&actions, order->directory);
  if (failure == 0) failure = set_surroundings(&attributes, order->has_own_group);
  if (failure == 0)
    failure = posix_spawn(process, order->path, &actions, &attributes, order->words,
                          order->variables != NULL ? order->variables : environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failure;
}

int kr_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

char *const *kr_variables(void) { return environ; }

int kr_replace(const char *path, char *const *words, char *const *variables) {
  execve(path, words, variables != NULL ? variables : environ);
  return errno;
}

bool kr_has_ended(pid_t process) {
  siginfo_t info = {0};
  return waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_signo != 0;
}

static volatile pid_t foreground;

static void pass_on(int number) {
  const int before = errno;
  if (foreground > 0) kill(foreground, number);
  errno = before;
}

// The terminal gives these to the program as well, others that send them do not.
static void pass_on_sent(int number, siginfo_t *info, void *context) {
  (void)context;
  if (info->si_code <= 0) pass_on(number);
}

// The first PASSED are passed on whoever sends them.
enum { SIGNALS = 6, PASSED = 4 };
static const int numbers[SIGNALS] = {SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGINT, SIGQUIT};
static struct sigaction before[SIGNALS];

int kr_spawn_in_foreground(const kr_spawn_order *order, pid_t *process) {
  sigset_t passed, mask;
  sigemptyset(&passed);
  for (int i = 0; i < SIGNALS; i++) sigaddset(&passed, numbers[i]);
  // Held back until there is somebody to pass them on to.
  pthread_sigmask(SIG_BLOCK, &passed, &mask);
  for (int i = 0; i < SIGNALS; i++) {
    struct sigaction action = {.sa_handler = pass_on};
    if (i >= PASSED) {
      action.sa_sigaction = pass_on_sent;
      action.sa_flags = SA_SIGINFO;
    }
    sigemptyset(&action.sa_mask);
    sigaction(numbers[i], &action, &before[i]);
    // What is ignored here, as under nohup, stays ignored.
    if (before[i].sa_handler == SIG_IGN) sigaction(numbers[i], &before[i], NULL);
  }
  *process = 0;
  const int failure = kr_spawn(order, process);
  foreground = *process;
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  if (failure != 0) kr_leave_foreground();
  return failure;
}

void kr_leave_foreground(void) {
  foreground = 0;
  for (int i = 0; i < SIGNALS; i++) sigaction(numbers[i], &before[i], NULL);
}
