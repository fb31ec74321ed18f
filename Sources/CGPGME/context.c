#include "context.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "environment.h"

static pthread_mutex_t preparing = PTHREAD_MUTEX_INITIALIZER;
static char *prepared;  // the engine that GPGME found, for the life of the process

// No home: asking for the version must read nobody's configuration.
static const char *const no_home = "/nonexistent";

void engine_fail(keyreeve_gpgme_error *error, const char *what, gpgme_error_t code) {
  char reason[128];
  gpgme_strerror_r(code, reason, sizeof reason);
  snprintf(error->message, sizeof error->message, "%s: %s", what, reason);
}

static bool split(const char *path, char *folder, const char **name, size_t room) {
  const char *slash = strrchr(path, '/');
  if (!slash || path[0] != '/' || !slash[1] || (size_t)(slash - path) + 2 > room) return false;
  size_t length = slash == path ? 1 : (size_t)(slash - path);
  memcpy(folder, path, length);
  folder[length] = 0;
  *name = slash + 1;
  return true;
}

static bool enter(const char *path, const char *home, keyreeve_gpgme_error *error) {
  if (engine_environment_enter(path, home)) return true;
  snprintf(error->message, sizeof error->message, "out of memory");
  return false;
}

// GPGME looks for engines along PATH and asks every one that it finds for its version. With this PATH, which stands only
// while it looks, and without gpgconf, that is gpg alone.
static bool probe(const char *folder, const char *name, keyreeve_gpgme_error *error) {
  gpgme_set_global_flag("disable-gpgconf", "1");
  gpgme_set_global_flag("gpg-name", name);
  if (!enter(folder, no_home, error)) return false;
  bool found = gpgme_check_version(NULL) && gpgme_get_dirinfo("gpg-name");
  engine_environment_leave();
  gpgme_engine_info_t info = NULL;
  gpgme_error_t code = found ? 0 : gpgme_error(GPG_ERR_INV_ENGINE);
  if (!code && !enter(NULL, no_home, error)) return false;
  if (!code) code = gpgme_get_engine_info(&info);
  engine_environment_leave();
  for (; !code && info; info = info->next)
    if (info->protocol == GPGME_PROTOCOL_OpenPGP && info->version) return true;
  engine_fail(error, "gpg does not answer", code ? code : gpgme_error(GPG_ERR_INV_ENGINE));
  return false;
}

bool keyreeve_gpgme_prepare(const char *gpg, keyreeve_gpgme_error *error) {
  char folder[4096];
  const char *name;
  if (!split(gpg, folder, &name, sizeof folder)) {
    snprintf(error->message, sizeof error->message, "not an absolute path: %.200s", gpg);
    return false;
  }
  pthread_mutex_lock(&preparing);
  bool ready = prepared != NULL;
  if (!ready && probe(folder, name, error)) {
    prepared = strdup(gpg);
    ready = prepared != NULL;
  }
  pthread_mutex_unlock(&preparing);
  return ready;
}

static void *prepare_detached(void *gpg) {
  keyreeve_gpgme_error ignored;
  keyreeve_gpgme_prepare(gpg, &ignored);
  free(gpg);
  return NULL;
}

void keyreeve_gpgme_prepare_in_background(const char *gpg) {
  pthread_t thread;
  char *copy = strdup(gpg);
  if (!copy) return;
  if (pthread_create(&thread, NULL, prepare_detached, copy) == 0)
    pthread_detach(thread);
  else
    free(copy);
}

gpgme_ctx_t engine_context(const char *gpg, const char *home, keyreeve_gpgme_error *error) {
  if (!keyreeve_gpgme_prepare(gpg, error) || !enter(NULL, home, error)) return NULL;
  gpgme_ctx_t context = NULL;
  gpgme_error_t code = gpgme_new(&context);
  // Another engine than the one that was found costs another run for its version.
  if (!code && strcmp(gpg, prepared) != 0)
    code = gpgme_ctx_set_engine_info(context, GPGME_PROTOCOL_OpenPGP, gpg, NULL);
  if (!code) code = gpgme_set_protocol(context, GPGME_PROTOCOL_OpenPGP);
  if (!code) code = gpgme_set_pinentry_mode(context, GPGME_PINENTRY_MODE_ERROR);
  if (!code) {
    gpgme_set_offline(context, 1);
    return context;
  }
  engine_environment_leave();
  if (context) gpgme_release(context);
  engine_fail(error, "gpg cannot be used", code);
  return NULL;
}
