#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include "context.h"
#include "deadline.h"
#include "environment.h"

/// The signature's octets as GPGME reads them, and the engine's VALIDSIG lines in their order.
typedef struct {
  const uint8_t *octets;
  size_t count, position;
  keyreeve_gpgme_signature *results;
  size_t room, validated;
} verification;

// The first read comes when the engine runs: its environment is no longer needed.
static ssize_t read_signature(void *handle, void *buffer, size_t size) {
  verification *self = handle;
  engine_environment_leave();
  size_t left = self->count - self->position;
  if (size > left) size = left;
  memcpy(buffer, self->octets + self->position, size);
  self->position += size;
  return (ssize_t)size;
}

static size_t word(const char *text, char *out, size_t room) {
  size_t length = strcspn(text, " ");
  snprintf(out, room, "%.*s", (int)(length < room ? length : room - 1), text);
  return length;
}

// VALIDSIG <fpr> <date> <time> <expire> <version> <reserved> <pk algo> <hash algo> <class> <primary fpr>
static gpgme_error_t note_status(void *handle, const char *keyword, const char *arguments) {
  verification *self = handle;
  if (!arguments || strcmp(keyword, "VALIDSIG") != 0 || self->validated == self->room) return 0;
  keyreeve_gpgme_signature *noted = &self->results[self->validated++];
  const char *last = strrchr(arguments, ' ');
  word(arguments, noted->fingerprint, sizeof noted->fingerprint);
  word(last ? last + 1 : "", noted->primary_fingerprint, sizeof noted->primary_fingerprint);
  return 0;
}

static keyreeve_gpgme_status status_of(gpgme_error_t code) {
  switch (gpgme_err_code(code)) {
    case GPG_ERR_NO_ERROR: return keyreeve_gpgme_good;
    case GPG_ERR_BAD_SIGNATURE: return keyreeve_gpgme_bad;
    case GPG_ERR_NO_PUBKEY: return keyreeve_gpgme_no_key;
    case GPG_ERR_KEY_EXPIRED: return keyreeve_gpgme_key_expired;
    case GPG_ERR_CERT_REVOKED: return keyreeve_gpgme_key_revoked;
    case GPG_ERR_SIG_EXPIRED: return keyreeve_gpgme_signature_expired;
    case GPG_ERR_DIGEST_ALGO: return keyreeve_gpgme_weak_hash;
    case GPG_ERR_WRONG_KEY_USAGE: return keyreeve_gpgme_wrong_usage;
    case GPG_ERR_TIME_CONFLICT: return keyreeve_gpgme_time_conflict;
    default: return keyreeve_gpgme_other;
  }
}

// A VALIDSIG line belongs to the result with the same fingerprint; each line vouches once.
static void join(const verification *noted, gpgme_signature_t found, keyreeve_gpgme_signature *results, size_t room,
                 size_t *count) {
  bool used[64] = {false};
  for (*count = 0; found && *count < room; found = found->next) {
    keyreeve_gpgme_signature *result = &results[(*count)++];
    *result = (keyreeve_gpgme_signature){.status = status_of(found->status)};
    snprintf(result->fingerprint, sizeof result->fingerprint, "%s", found->fpr ? found->fpr : "");
    for (size_t i = 0; i < noted->validated && i < sizeof used; i++) {
      if (used[i] || !found->fpr || strcmp(noted->results[i].fingerprint, found->fpr) != 0) continue;
      used[i] = result->validated = true;
      memcpy(result->primary_fingerprint, noted->results[i].primary_fingerprint, sizeof result->primary_fingerprint);
      break;
    }
  }
}

bool keyreeve_gpgme_verify(
    const char *gpg, const char *home, const uint8_t *octets, size_t octet_count, int data,
    unsigned seconds, keyreeve_gpgme_signature *results, size_t room, size_t *count, keyreeve_gpgme_error *error) {
  keyreeve_gpgme_signature lines[64] = {{0}};
  verification self = {.octets = octets, .count = octet_count, .results = lines, .room = 64};
  struct gpgme_data_cbs callbacks = {.read = read_signature};
  *count = 0;
  gpgme_ctx_t context = engine_context(gpg, home, error);
  if (!context) return false;
  gpgme_set_ctx_flag(context, "full-status", "1");
  gpgme_set_ctx_flag(context, "auto-key-retrieve", "0");
  gpgme_set_status_cb(context, note_status, &self);
  gpgme_data_t signature = NULL, text = NULL;
  gpgme_error_t code = gpgme_data_new_from_cbs(&signature, &callbacks, &self);
  if (!code) code = gpgme_data_new_from_fd(&text, data);
  deadline *watch = code ? NULL : deadline_start(home, seconds);
  if (!code && !watch) code = gpgme_error(GPG_ERR_ENOMEM);
  if (!code) code = gpgme_op_verify(context, signature, text, NULL);
  engine_environment_leave();
  deadline_stop(watch);
  gpgme_verify_result_t result = code ? NULL : gpgme_op_verify_result(context);
  if (result) join(&self, result->signatures, results, room, count);
  if (!result) engine_fail(error, "gpg does not verify", code);
  if (signature) gpgme_data_release(signature);
  if (text) gpgme_data_release(text);
  gpgme_release(context);
  return result != NULL;
}
