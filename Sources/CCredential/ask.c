// A credential helper: started with nothing but its three descriptors, and ended when its time is over.

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "CCredential.h"

extern char **environ;

enum { HOST_LIMIT = 4096, PACE = 20 };

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/// A pipe whose ends are none of the three that a program begins with; they would be put over one another.
static int make_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  for (int i = 0; i < 2; i++) {
    if (ends[i] > 2) continue;
    const int higher = fcntl(ends[i], F_DUPFD_CLOEXEC, 3);
    const int failure = errno;
    close(ends[i]);
    ends[i] = higher;
    if (higher >= 0) continue;
    close(ends[1 - i]);
    return failure;
  }
  return 0;
}

static int connect_files(posix_spawn_file_actions_t *actions, int input, int output) {
  int failure = posix_spawn_file_actions_adddup2(actions, input, 0);
  if (failure == 0) failure = posix_spawn_file_actions_adddup2(actions, output, 1);
  if (failure == 0) failure = posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
  return failure != 0 ? failure : posix_spawn_file_actions_addclosefrom_np(actions, 3);
}

/// Signals as they are by default, and a group of its own, so that what it starts ends with it.
static int set_surroundings(posix_spawnattr_t *attributes) {
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setpgroup(attributes, 0);
  return posix_spawnattr_setflags(
      attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
}

static int start(const char *program, int input, int output, pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (posix_spawn_file_actions_init(&actions) != 0) return ENOMEM;
  if (posix_spawnattr_init(&attributes) != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return ENOMEM;
  }
  char get[] = "get", name[PATH_MAX];
  char *const words[] = {name, get, NULL};
  int failure = snprintf(name, sizeof name, "%s", program) < (int)sizeof name ? 0 : ENAMETOOLONG;
  if (failure == 0) failure = connect_files(&actions, input, output);
  if (failure == 0) failure = set_surroundings(&attributes);
  if (failure == 0) failure = posix_spawnp(process, program, &actions, &attributes, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failure;
}

/// Reads to the end, to the limit, or until the time is over.
static kr_credential_end listen_to(int output, uint8_t *room, size_t capacity, size_t *length, int64_t deadline) {
  for (;;) {
    const int64_t rest = deadline - now();
    if (rest <= 0) return KR_CREDENTIAL_TOO_SLOW;
    struct pollfd more = {.fd = output, .events = POLLIN};
    const int ready = poll(&more, 1, (int)rest);
    if (ready < 0 && errno != EINTR) return KR_CREDENTIAL_TOO_SLOW;
    if (ready <= 0) continue;
    // One octet more than there is room for is too much.
    uint8_t spare;
    const bool is_full = *length == capacity;
    const ssize_t count = is_full ? read(output, &spare, 1) : read(output, room + *length, capacity - *length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return KR_CREDENTIAL_ENDED;
    if (is_full) return KR_CREDENTIAL_TOO_MUCH;
    *length += (size_t)count;
  }
}

/// Waits for the end of the program itself, which may come after that of what it says.
static kr_credential_end wait_for(pid_t process, int *status, int64_t deadline) {
  int code = 0;
  for (;;) {
    const pid_t ended = waitpid(process, &code, WNOHANG);
    if (ended == process) break;
    if (ended < 0 && errno != EINTR) return KR_CREDENTIAL_KILLED;
    if (now() >= deadline) return KR_CREDENTIAL_TOO_SLOW;
    poll(NULL, 0, PACE);
  }
  *status = WIFEXITED(code) ? WEXITSTATUS(code) : WTERMSIG(code);
  return WIFEXITED(code) ? KR_CREDENTIAL_ENDED : KR_CREDENTIAL_KILLED;
}

/// Starts the program with the host on its input: 0 with the end that it speaks into, or an error number.
static int begin(const char *program, const uint8_t *host, size_t host_length, pid_t *process, int *speech) {
  int input[2], output[2];
  // So short a text fits into the pipe before anybody reads it.
  if (host_length > HOST_LIMIT) return E2BIG;
  int failure = make_pipe(input);
  if (failure != 0) return failure;
  const bool is_written = write(input[1], host, host_length) == (ssize_t)host_length;
  close(input[1]);
  failure = is_written ? make_pipe(output) : EIO;
  if (failure == 0) {
    failure = start(program, input[0], output[1], process);
    close(output[1]);
    *speech = output[0];
    if (failure != 0) close(output[0]);
  }
  close(input[0]);
  return failure;
}

kr_credential_answer kr_credential_ask(
    const char *program, const uint8_t *host, size_t host_length, uint8_t *room, size_t capacity, int milliseconds) {
  const int64_t deadline = now() + milliseconds;
  pid_t process = 0;
  int speech = -1;
  kr_credential_answer answer = {.end = KR_CREDENTIAL_NOT_STARTED};
  answer.status = begin(program, host, host_length, &process, &speech);
  if (answer.status != 0) return answer;
  answer.end = listen_to(speech, room, capacity, &answer.length, deadline);
  close(speech);
  if (answer.end == KR_CREDENTIAL_ENDED) answer.end = wait_for(process, &answer.status, deadline);
  if (answer.end == KR_CREDENTIAL_TOO_SLOW || answer.end == KR_CREDENTIAL_TOO_MUCH) {
    kill(-process, SIGKILL);
    while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {}
  }
  return answer;
}
