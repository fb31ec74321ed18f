#include "deadline.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct deadline {
  gpgme_ctx_t context;
  unsigned seconds;
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  struct timespec limit;
  bool stopped, passed;
};

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
    gpgme_cancel_async(watch->context);
    break;
  }
  pthread_mutex_unlock(&watch->lock);
  return NULL;
}

deadline *deadline_start(gpgme_ctx_t context, unsigned seconds) {
  deadline *watch = calloc(1, sizeof *watch);
  if (!watch) return NULL;
  *watch = (deadline){.context = context, .seconds = seconds};
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
