#include "CArchive.h"

#include <bzlib.h>
#include <limits.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>

#include "zstd.h"

struct kr_inflater {
  kr_format format;
  union {
    z_stream gzip;
    bz_stream bzip2;
    lzma_stream xz;
    kr_zstd *zstd;
  } stream;
};

// Window bits of zlib: the largest window, and 16 to have the gzip header and trailer read and checked.
enum { GZIP_WINDOW = 15 + 16 };

static int open_stream(kr_inflater *inflater, uint64_t memory_limit) {
  switch (inflater->format) {
    case KR_FORMAT_GZIP: return inflateInit2(&inflater->stream.gzip, GZIP_WINDOW) == Z_OK;
    case KR_FORMAT_BZIP2: return BZ2_bzDecompressInit(&inflater->stream.bzip2, 0, 0) == BZ_OK;
    case KR_FORMAT_XZ: {
      const lzma_stream empty = LZMA_STREAM_INIT;
      inflater->stream.xz = empty;
      // Several streams and the padding between them are one file; a check that cannot be computed is no check.
      return lzma_stream_decoder(&inflater->stream.xz, memory_limit, LZMA_CONCATENATED | LZMA_TELL_UNSUPPORTED_CHECK)
             == LZMA_OK;
    }
    case KR_FORMAT_ZSTD: return (inflater->stream.zstd = kr_zstd_open(memory_limit)) != NULL;
  }
  return 0;
}

kr_inflater *kr_inflater_open(kr_format format, uint64_t memory_limit) {
  kr_inflater *inflater = calloc(1, sizeof *inflater);
  if (inflater == NULL) return NULL;
  inflater->format = format;
  if (open_stream(inflater, memory_limit)) return inflater;
  free(inflater);
  return NULL;
}

static kr_inflate_status gzip_status(int code) {
  switch (code) {
    case Z_OK:
    case Z_BUF_ERROR: return KR_INFLATE_MORE;
    case Z_STREAM_END: return KR_INFLATE_END;
    case Z_MEM_ERROR: return KR_INFLATE_NO_MEMORY;
    default: return KR_INFLATE_DAMAGED;
  }
}

static kr_inflate_status bzip2_status(int code) {
  switch (code) {
    case BZ_OK: return KR_INFLATE_MORE;
    case BZ_STREAM_END: return KR_INFLATE_END;
    case BZ_MEM_ERROR: return KR_INFLATE_NO_MEMORY;
    default: return KR_INFLATE_DAMAGED;
  }
}

static kr_inflate_status xz_status(lzma_ret code) {
  switch (code) {
    case LZMA_OK:
    case LZMA_BUF_ERROR: return KR_INFLATE_MORE;
    case LZMA_STREAM_END: return KR_INFLATE_END;
    case LZMA_MEM_ERROR: return KR_INFLATE_NO_MEMORY;
    case LZMA_MEMLIMIT_ERROR: return KR_INFLATE_MEMORY_LIMIT;
    case LZMA_OPTIONS_ERROR:
    case LZMA_UNSUPPORTED_CHECK: return KR_INFLATE_UNSUPPORTED;
    default: return KR_INFLATE_DAMAGED;
  }
}

kr_inflate_step kr_inflater_next(kr_inflater *inflater, const uint8_t *input, size_t input_length, uint8_t *output,
                                 size_t output_length, int is_last) {
  // zlib and libbz2 count in 32 bits.
  unsigned in = input_length > UINT_MAX ? UINT_MAX : (unsigned)input_length;
  unsigned out = output_length > UINT_MAX ? UINT_MAX : (unsigned)output_length;
  kr_inflate_step step = {KR_INFLATE_DAMAGED, 0, 0};
  switch (inflater->format) {
    case KR_FORMAT_GZIP: {
      z_stream *stream = &inflater->stream.gzip;
      stream->next_in = (Bytef *)input;
      stream->avail_in = in;
      stream->next_out = output;
      stream->avail_out = out;
      step.status = gzip_status(inflate(stream, Z_NO_FLUSH));
      step.read = in - stream->avail_in;
      step.written = out - stream->avail_out;
      break;
    }
    case KR_FORMAT_BZIP2: {
      bz_stream *stream = &inflater->stream.bzip2;
      stream->next_in = (char *)input;
      stream->avail_in = in;
      stream->next_out = (char *)output;
      stream->avail_out = out;
      step.status = bzip2_status(BZ2_bzDecompress(stream));
      step.read = in - stream->avail_in;
      step.written = out - stream->avail_out;
      break;
    }
    case KR_FORMAT_XZ: {
      lzma_stream *stream = &inflater->stream.xz;
      stream->next_in = input;
      stream->avail_in = input_length;
      stream->next_out = output;
      stream->avail_out = output_length;
      step.status = xz_status(lzma_code(stream, is_last ? LZMA_FINISH : LZMA_RUN));
      step.read = input_length - stream->avail_in;
      step.written = output_length - stream->avail_out;
      break;
    }
    case KR_FORMAT_ZSTD:
      return kr_zstd_next(inflater->stream.zstd, input, input_length, output, output_length);
  }
  return step;
}

static void close_stream(kr_inflater *inflater) {
  switch (inflater->format) {
    case KR_FORMAT_GZIP: inflateEnd(&inflater->stream.gzip); break;
    case KR_FORMAT_BZIP2: BZ2_bzDecompressEnd(&inflater->stream.bzip2); break;
    case KR_FORMAT_XZ: lzma_end(&inflater->stream.xz); break;
    case KR_FORMAT_ZSTD: kr_zstd_close(inflater->stream.zstd); break;
  }
}

kr_inflate_status kr_inflater_restart(kr_inflater *inflater) {
  switch (inflater->format) {
    case KR_FORMAT_GZIP: return inflateReset(&inflater->stream.gzip) == Z_OK ? KR_INFLATE_MORE : KR_INFLATE_DAMAGED;
    case KR_FORMAT_BZIP2: {
      bz_stream fresh = {0};
      BZ2_bzDecompressEnd(&inflater->stream.bzip2);
      inflater->stream.bzip2 = fresh;
      return BZ2_bzDecompressInit(&inflater->stream.bzip2, 0, 0) == BZ_OK ? KR_INFLATE_MORE : KR_INFLATE_NO_MEMORY;
    }
    // Its decoder has read every stream by itself; more behind them is no xz.
    case KR_FORMAT_XZ: return KR_INFLATE_DAMAGED;
    // The next frame begins by itself.
    case KR_FORMAT_ZSTD: return KR_INFLATE_MORE;
  }
  return KR_INFLATE_DAMAGED;
}

void kr_inflater_close(kr_inflater *inflater) {
  close_stream(inflater);
  free(inflater);
}
