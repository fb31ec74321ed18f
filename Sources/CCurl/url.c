#include <stdlib.h>
#include <string.h>

#include "CCurl.h"
#include "library.h"

/// A part, or NULL where the address does not have it; false where it could not be told.
static bool take(CURLU *handle, CURLUPart part, char **text) {
  char *found = NULL;
  const CURLUcode code = kr_functions.url_get(handle, part, &found, 0);
  if (code != CURLUE_OK) return code >= CURLUE_NO_SCHEME && code <= CURLUE_NO_FRAGMENT;
  // Freed by free, so that the address can outlive the library.
  *text = strdup(found);
  kr_functions.free(found);
  return *text != NULL;
}

static int read_parts(CURLU *handle, kr_url *url) {
  const bool taken = take(handle, CURLUPART_SCHEME, &url->scheme) && take(handle, CURLUPART_USER, &url->user)
                     && take(handle, CURLUPART_PASSWORD, &url->password)
                     && take(handle, CURLUPART_HOST, &url->host)
                     && take(handle, CURLUPART_PORT, &url->port) && take(handle, CURLUPART_PATH, &url->path)
                     && take(handle, CURLUPART_QUERY, &url->query)
                     && take(handle, CURLUPART_FRAGMENT, &url->fragment);
  return taken ? CURLUE_OK : CURLUE_OUT_OF_MEMORY;
}

int kr_url_read(const char *base, const char *reference, kr_url *url) {
  const kr_url empty = {0};
  *url = empty;
  CURLU *handle = kr_functions.url();
  if (handle == NULL) return CURLUE_OUT_OF_MEMORY;
  CURLUcode code = base == NULL ? CURLUE_OK : kr_functions.url_set(handle, CURLUPART_URL, base, CURLU_URLENCODE);
  if (code == CURLUE_OK) code = kr_functions.url_set(handle, CURLUPART_URL, reference, CURLU_URLENCODE);
  int result = code;
  if (code == CURLUE_OK) result = read_parts(handle, url);
  kr_functions.url_cleanup(handle);
  if (result != CURLUE_OK) kr_url_free(url);
  return result;
}

const char *kr_url_problem(int number) { return kr_functions.url_strerror((CURLUcode)number); }

void kr_url_free(kr_url *url) {
  char *parts[] = {url->scheme, url->user, url->password, url->host, url->port, url->path, url->query, url->fragment};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) free(parts[i]);
  const kr_url empty = {0};
  *url = empty;
}
