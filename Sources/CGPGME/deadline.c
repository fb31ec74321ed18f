// GPGME looks at a cancellation only when the engine says something, and does not tell which process the engine is: it
// is found by the home in its environment, which no other process has.

#define _GNU_SOURCE
#include "deadline.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct deadline {
  char variable[4096];  // GNUPGHOME=..., as the engine has it
  unsigned seconds;
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  struct timespec limit;
  bool stopped, passed;
};

static bool has_variable(const char *process, const char *variable) {
  char path[300], environment[65536];
  snprintf(path, sizeof path, "/proc/%.200s/environ", process);
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const ssize_t length = read(file, environment, sizeof environment - 1);
  close(file);
  if (length <= 0) return false;
  return memmem(environment, (size_t)length, variable, strlen(variable) + 1) != NULL;
}

static void end_engine(const char *variable) {
  DIR *processes = opendir("/proc");
  if (!processes) return;
  for (struct dirent *entry = readdir(processes); entry; entry = readdir(processes)) {
    if (!isdigit((unsigned char)entry->d_name[0]) || !has_variable(entry->d_name, variable)) continue;
    const pid_t process = (pid_t)strtol(entry->d_name, NULL, 10);
    if (process > 1 && process != getpid()) kill(process, SIGKILL);
  }
  closedir(processes);
}

static void set_limit(deadline *watch) {
  clock_gettime(CLOCK_MONOTONIC, &watch->limit);
  watch->limit.tv_sec += watch->seconds;
}

static bool is_reached(const struct timespec *limit) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec > limit->tv_sec || (now.tv_sec == limit->tv_sec && now.tv_nsec >= limit->tv_nsec);
}

static void *watch_over(void *argument) {
  deadline *watch = argument;
  pthread_mutex_lock(&watch->lock);
  while (!watch->stopped) {
    const struct timespec limit = watch->limit;
    pthread_cond_timedwait(&watch->changed, &watch->lock, &limit);
    if (watch->stopped || !is_reached(&watch->limit)) continue;
    watch->passed = true;
    end_engine(watch->variable);
    break;
  }
  pthread_mutex_unlock(&watch->lock);
  return NULL;
}

deadline *deadline_start(const char *home, unsigned seconds) {
  deadline *watch = calloc(1, sizeof *watch);
  if (!watch) return NULL;
  *watch = (deadline){.seconds = seconds};
  snprintf(watch->variable, sizeof watch->variable, "GNUPGHOME=%s", home);
  pthread_mutex_init(&watch->lock, NULL);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&watch->changed, &attributes);
  pthread_condattr_destroy(&attributes);
  set_limit(watch);
  if (pthread_create(&watch->thread, NULL, watch_over, watch) == 0) return watch;
  pthread_cond_destroy(&watch->changed);
  pthread_mutex_destroy(&watch->lock);
  free(watch);
  return NULL;
}

void deadline_extend(deadline *watch) {
  pthread_mutex_lock(&watch->lock);
  set_limit(watch);
  pthread_mutex_unlock(&watch->lock);
}

bool deadline_passed(deadline *watch) {
  pthread_mutex_lock(&watch->lock);
  const bool passed = watch->passed;
  pthread_mutex_unlock(&watch->lock);
  return passed;
}

void deadline_stop(deadline *watch) {
  if (!watch) return;
  pthread_mutex_lock(&watch->lock);
  watch->stopped = true;
  pthread_cond_signal(&watch->changed);
  pthread_mutex_unlock(&watch->lock);
  pthread_join(watch->thread, NULL);
  pthread_cond_destroy(&watch->changed);
  pthread_mutex_destroy(&watch->lock);
  free(watch);
}
