#define _GNU_SOURCE
#include "environment.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local bool entered = false;
static char **outer;

// Another thread that began a look-up just before the end may still walk the copy: the last few are kept.
enum { retired_room = 64 };
static struct {
  char **entries;
  char *path, *home;
} copies[retired_room];
static size_t current;

// Other threads may look up a variable meanwhile, so everything that steers neither GnuPG nor the linker stays.
static bool is_kept(const char *entry, bool keeps_path) {
  static const char *const dropped[] = {"GNUPG", "GPG_", "GPGME_", "LD_", "GCRYPT_", "LIBGCRYPT_", "PINENTRY_"};
  if (!keeps_path && strncmp(entry, "PATH=", 5) == 0) return false;
  for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
    if (strncmp(entry, dropped[i], strlen(dropped[i])) == 0) return false;
  return true;
}

static char *entry(const char *name, const char *value) {
  size_t room = strlen(name) + strlen(value) + 2;
  char *text = malloc(room);
  if (text) snprintf(text, room, "%s=%s", name, value);
  return text;
}

static void discard(size_t index) {
  free(copies[index].entries);
  free(copies[index].path);
  free(copies[index].home);
  copies[index].entries = NULL;
  copies[index].path = copies[index].home = NULL;
}

bool engine_environment_enter(const char *path, const char *home) {
  pthread_mutex_lock(&lock);
  size_t count = 0;
  while (environ && environ[count]) count++;
  current = (current + 1) % retired_room;
  discard(current);
  char **inner = copies[current].entries = calloc(count + 3, sizeof *inner);
  char *path_entry = copies[current].path = path ? entry("PATH", path) : NULL;
  char *home_entry = copies[current].home = entry("GNUPGHOME", home);
  if (!inner || (path && !path_entry) || !home_entry) {
    pthread_mutex_unlock(&lock);
    return false;
  }
  size_t kept = 0;
  if (path_entry) inner[kept++] = path_entry;
  inner[kept++] = home_entry;
  for (size_t i = 0; i < count; i++)
    if (is_kept(environ[i], !path)) inner[kept++] = environ[i];
  outer = environ;
  environ = inner;
  entered = true;
  return true;
}

void engine_environment_leave(void) {
  if (!entered) return;
  entered = false;
  environ = outer;
  pthread_mutex_unlock(&lock);
}
