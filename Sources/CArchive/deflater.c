#include "CArchive.h"

#include <limits.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>

struct kr_deflater {
  kr_format format;
  union {
    z_stream gzip;
    lzma_stream xz;
  } stream;
};

// Window bits of zlib: the largest window, and 16 for the header and trailer of gzip.
enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8, XZ_PRESET = 6 };

static int open_stream(kr_deflater *deflater) {
  switch (deflater->format) {
    case KR_FORMAT_GZIP:
      return deflateInit2(&deflater->stream.gzip, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                          Z_DEFAULT_STRATEGY) == Z_OK;
    case KR_FORMAT_XZ: {
      const lzma_stream empty = LZMA_STREAM_INIT;
      deflater->stream.xz = empty;
      return lzma_easy_encoder(&deflater->stream.xz, XZ_PRESET, LZMA_CHECK_CRC64) == LZMA_OK;
    }
    case KR_FORMAT_BZIP2:
    case KR_FORMAT_ZSTD: return 0;
  }
  return 0;
}

kr_deflater *kr_deflater_open(kr_format format) {
  kr_deflater *deflater = calloc(1, sizeof *deflater);
  if (deflater == NULL) return NULL;
  deflater->format = format;
  if (open_stream(deflater)) return deflater;
  free(deflater);
  return NULL;
}

kr_deflate_step kr_deflater_next(kr_deflater *deflater, const uint8_t *input, size_t input_length, uint8_t *output,
                                 size_t output_length, int is_last) {
  kr_deflate_step step = {KR_DEFLATE_FAILED, 0, 0};
  if (deflater->format == KR_FORMAT_GZIP) {
    // zlib counts in 32 bits: of more input the rest is for the next step.
    unsigned in = input_length > UINT_MAX ? UINT_MAX : (unsigned)input_length;
    unsigned out = output_length > UINT_MAX ? UINT_MAX : (unsigned)output_length;
    z_stream *stream = &deflater->stream.gzip;
    stream->next_in = (Bytef *)input;
    stream->avail_in = in;
    stream->next_out = output;
    stream->avail_out = out;
    int code = deflate(stream, is_last && in == input_length ? Z_FINISH : Z_NO_FLUSH);
    step.read = in - stream->avail_in;
    step.written = out - stream->avail_out;
    if (code == Z_STREAM_END) step.status = KR_DEFLATE_END;
    else if (code == Z_OK || code == Z_BUF_ERROR) step.status = KR_DEFLATE_MORE;
  } else {
    lzma_stream *stream = &deflater->stream.xz;
    stream->next_in = input;
    stream->avail_in = input_length;
    stream->next_out = output;
    stream->avail_out = output_length;
    lzma_ret code = lzma_code(stream, is_last ? LZMA_FINISH : LZMA_RUN);
    step.read = input_length - stream->avail_in;
    step.written = output_length - stream->avail_out;
    if (code == LZMA_STREAM_END) step.status = KR_DEFLATE_END;
    else if (code == LZMA_OK || code == LZMA_BUF_ERROR) step.status = KR_DEFLATE_MORE;
  }
  return step;
}

void kr_deflater_close(kr_deflater *deflater) {
  if (deflater->format == KR_FORMAT_GZIP) deflateEnd(&deflater->stream.gzip);
  else lzma_end(&deflater->stream.xz);
  free(deflater);
}
