#include "zstd.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct kr_zstd {
  ZSTD_DStream *stream;
  __typeof__(ZSTD_createDStream) *create;
  __typeof__(ZSTD_freeDStream) *free;
  __typeof__(ZSTD_DCtx_setParameter) *set;
  __typeof__(ZSTD_decompressStream) *decompress;
  __typeof__(ZSTD_isError) *is_error;
  __typeof__(ZSTD_getErrorCode) *error_code;
};

// What the tools of zstd take by default: 128 MiB.
enum { LARGEST_WINDOW = 27 };

/// The largest window, as a power of two, that fits into so much memory.
static int window_log(uint64_t memory_limit) {
  int log = LARGEST_WINDOW;
  while (log > 10 && (UINT64_C(1) << log) > memory_limit) log -= 1;
  return log;
}

/// The library, or NULL; it stays loaded.
static void *library(void) { return dlopen("libzstd.so.1", RTLD_NOW | RTLD_LOCAL); }

static int load(kr_zstd *into) {
  void *handle = library();
  if (handle == NULL) return 0;
  into->create = (__typeof__(into->create))dlsym(handle, "ZSTD_createDStream");
  into->free = (__typeof__(into->free))dlsym(handle, "ZSTD_freeDStream");
  into->set = (__typeof__(into->set))dlsym(handle, "ZSTD_DCtx_setParameter");
  into->decompress = (__typeof__(into->decompress))dlsym(handle, "ZSTD_decompressStream");
  into->is_error = (__typeof__(into->is_error))dlsym(handle, "ZSTD_isError");
  into->error_code = (__typeof__(into->error_code))dlsym(handle, "ZSTD_getErrorCode");
  return into->create && into->free && into->set && into->decompress && into->is_error && into->error_code;
}

int kr_inflater_is_here(kr_format format) { return format != KR_FORMAT_ZSTD || library() != NULL; }

kr_zstd *kr_zstd_open(uint64_t memory_limit) {
  kr_zstd *zstd = calloc(1, sizeof *zstd);
  if (zstd == NULL) return NULL;
  if (load(zstd)) zstd->stream = zstd->create();
  if (zstd->stream != NULL
      && !zstd->is_error(zstd->set(zstd->stream, ZSTD_d_windowLogMax, window_log(memory_limit))))
    return zstd;
  kr_zstd_close(zstd);
  return NULL;
}

kr_inflate_step kr_zstd_next(kr_zstd *zstd, const uint8_t *input, size_t input_length, uint8_t *output,
                             size_t output_length) {
  ZSTD_inBuffer in = {input, input_length, 0};
  ZSTD_outBuffer out = {output, output_length, 0};
  const size_t code = zstd->decompress(zstd->stream, &out, &in);
  kr_inflate_step step = {KR_INFLATE_MORE, in.pos, out.pos};
  if (code == 0) {
    step.status = KR_INFLATE_END;
  } else if (zstd->is_error(code)) {
    switch (zstd->error_code(code)) {
      case ZSTD_error_frameParameter_windowTooLarge: step.status = KR_INFLATE_MEMORY_LIMIT; break;
      case ZSTD_error_memory_allocation: step.status = KR_INFLATE_NO_MEMORY; break;
      default: step.status = KR_INFLATE_DAMAGED;
    }
  }
  return step;
}

void kr_zstd_close(kr_zstd *zstd) {
  if (zstd->stream != NULL) zstd->free(zstd->stream);
  free(zstd);
}
