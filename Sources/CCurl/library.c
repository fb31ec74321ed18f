// Finds libcurl when it is first needed.

#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#include "CCurl.h"

kr_library kr_functions;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[256];

static void load(void) {
  // Lazily: of all that it pulls in only a small part is ever called.
  void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (library == NULL) {
    const char *reason = dlerror();
    snprintf(problem, sizeof problem, "%s", reason != NULL ? reason : "libcurl.so.4 cannot be loaded");
    return;
  }
#define KR_FIND(name)                                                                       \
  *(void **)&kr_functions.name = dlsym(library, "curl_" #name);                             \
  if (kr_functions.name == NULL) {                                                          \
    snprintf(problem, sizeof problem, "libcurl.so.4 is too old: it has no curl_" #name);    \
    return;                                                                                 \
  }
  KR_FUNCTIONS(KR_FIND)
#undef KR_FIND
  if (kr_functions.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    snprintf(problem, sizeof problem, "libcurl.so.4 cannot be made ready");
  }
}

const char *kr_curl_problem(void) {
  pthread_once(&once, load);
  return problem[0] == 0 ? NULL : problem;
}
