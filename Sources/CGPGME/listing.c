#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "deadline.h"
#include "environment.h"

struct keyreeve_gpgme_listing {
  gpgme_ctx_t context;
  gpgme_key_t key;  // the one last listed
  deadline *watch;
};

keyreeve_gpgme_listing *keyreeve_gpgme_list(
    const char *gpg, const char *home, unsigned seconds, keyreeve_gpgme_error *error) {
  keyreeve_gpgme_listing *listing = calloc(1, sizeof *listing);
  if (!listing) {
    snprintf(error->message, sizeof error->message, "out of memory");
    return NULL;
  }
  listing->context = engine_context(gpg, home, error);
  if (!listing->context) {
    free(listing);
    return NULL;
  }
  gpgme_error_t code = gpgme_op_keylist_start(listing->context, NULL, 0);
  engine_environment_leave();
  if (!code) listing->watch = deadline_start(home, seconds);
  if (!code && listing->watch) return listing;
  if (!code) code = gpgme_error(GPG_ERR_ENOMEM);
  engine_fail(error, "gpg does not start", code);
  keyreeve_gpgme_list_close(listing);
  return NULL;
}

keyreeve_gpgme_step keyreeve_gpgme_list_next(
    keyreeve_gpgme_listing *listing, keyreeve_gpgme_key *key, keyreeve_gpgme_error *error) {
  if (listing->key) gpgme_key_unref(listing->key);
  listing->key = NULL;
  gpgme_error_t code = gpgme_op_keylist_next(listing->context, &listing->key);
  if (deadline_passed(listing->watch)) {
    snprintf(error->message, sizeof error->message, "gpg does not answer");
    return keyreeve_gpgme_step_failed;
  }
  if (gpgme_err_code(code) == GPG_ERR_EOF) {
    gpgme_keylist_result_t result = gpgme_op_keylist_result(listing->context);
    if (result && !result->truncated) return keyreeve_gpgme_step_end;
    snprintf(error->message, sizeof error->message, "gpg cut its list short");
    return keyreeve_gpgme_step_failed;
  }
  deadline_extend(listing->watch);
  if (code || !listing->key) {
    engine_fail(error, "gpg does not list", code);
    return keyreeve_gpgme_step_failed;
  }
  const gpgme_key_t found = listing->key;
  *key = (keyreeve_gpgme_key){
      .revoked = found->revoked, .expired = found->expired, .disabled = found->disabled, .invalid = found->invalid};
  for (gpgme_subkey_t subkey = found->subkeys; subkey; subkey = subkey->next) key->subkey_count++;
  return keyreeve_gpgme_step_key;
}

bool keyreeve_gpgme_list_subkey(
    const keyreeve_gpgme_listing *listing, size_t index, keyreeve_gpgme_subkey *subkey) {
  if (!listing->key) return false;
  gpgme_subkey_t found = listing->key->subkeys;
  for (; found && index > 0; index--) found = found->next;
  if (!found) return false;
  *subkey = (keyreeve_gpgme_subkey){
      // A date past 2038 in a 32-bit time is negative nowhere here: GPGME keeps it in a long.
      .expires = found->expires > 0 ? (int64_t)found->expires : 0,
      .revoked = found->revoked,
      .expired = found->expired,
      .disabled = found->disabled,
      .invalid = found->invalid,
      .can_sign = found->can_sign,
  };
  snprintf(subkey->fingerprint, sizeof subkey->fingerprint, "%s", found->fpr ? found->fpr : "");
  return true;
}

const char *keyreeve_gpgme_list_user_id(const keyreeve_gpgme_listing *listing, size_t index, bool *refused) {
  if (!listing->key) return NULL;
  gpgme_user_id_t found = listing->key->uids;
  for (; found && index > 0; index--) found = found->next;
  if (!found) return NULL;
  *refused = found->revoked || found->invalid;
  return found->uid ? found->uid : "";
}

void keyreeve_gpgme_list_close(keyreeve_gpgme_listing *listing) {
  if (!listing) return;
  if (listing->key) gpgme_key_unref(listing->key);
  deadline_stop(listing->watch);
  gpgme_release(listing->context);
  free(listing);
}
