// The functions of libcurl that are used, as they were found in the library.
#pragma once

// The checks are macros around the functions, and would not let them be named.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// Each entry: the function without its prefix.
#define KR_FUNCTIONS(X)                                                                                              \
  X(global_init) X(easy_init) X(easy_cleanup) X(easy_reset) X(easy_setopt) X(easy_getinfo) X(easy_strerror)          \
  X(multi_init) X(multi_cleanup) X(multi_setopt) X(multi_add_handle) X(multi_remove_handle) X(multi_perform)         \
  X(multi_poll) X(multi_info_read) X(multi_strerror) X(slist_append) X(slist_free_all)                               \
  X(url) X(url_set) X(url_get) X(url_cleanup) X(url_strerror) X(free)

#define KR_POINTER(name) __typeof__(curl_##name) *name;
typedef struct {
  KR_FUNCTIONS(KR_POINTER)
} kr_library;
#undef KR_POINTER

/// The functions; filled in once `kr_curl_problem` is NULL.
extern kr_library kr_functions;
