/// Decompression behind one small interface: gzip by zlib, bzip2 by libbz2, xz by liblzma, zstd by libzstd; compression with
/// the first and the third. libzstd is loaded when it is first needed.
///
/// The libraries are used directly and not through libarchive, since that (measured on 3.6.2) checks neither the CRC
/// nor the length that gzip keeps, takes data behind the compressed stream for its end, lets xz use 1 GiB of memory
/// whatever one asks for, and adds 1.2 ms to the start of every process by the libraries it pulls in.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef enum {
  KR_FORMAT_GZIP = 1,
  KR_FORMAT_BZIP2 = 2,
  KR_FORMAT_XZ = 3,
  KR_FORMAT_ZSTD = 4,
} kr_format;

typedef enum {
  /// Go on: some input was read or some output written, and the stream has not ended.
  KR_INFLATE_MORE = 0,
  /// The stream ended, its check sums are right; bytes behind it are a further stream or do not belong to it.
  KR_INFLATE_END = 1,
  /// The input breaks the format, or a check sum is wrong.
  KR_INFLATE_DAMAGED = 2,
  /// The input needs more memory than the limit allows.
  KR_INFLATE_MEMORY_LIMIT = 3,
  /// The input uses a filter or a check that the library does not know.
  KR_INFLATE_UNSUPPORTED = 4,
  /// The system has no memory left.
  KR_INFLATE_NO_MEMORY = 5,
} kr_inflate_status;

typedef struct kr_inflater kr_inflater;

/// What one step read and wrote, in bytes.
typedef struct {
  kr_inflate_status status;
  size_t read;
  size_t written;
} kr_inflate_step;

/// Whether the library of a format is here; it takes a try to load it.
int kr_inflater_is_here(kr_format format);

/// A new inflater, or NULL where there is no memory or no library. `memory_limit`, in bytes, binds xz, and the window of
/// zstd; the others need 4 MB at most.
kr_inflater *_Nullable kr_inflater_open(kr_format format, uint64_t memory_limit);

/// Inflates from `input` to `output`. `is_last` says that nothing comes after this input.
kr_inflate_step kr_inflater_next(kr_inflater *_Nonnull inflater, const uint8_t *_Nonnull input, size_t input_length,
                                 uint8_t *_Nonnull output, size_t output_length, int is_last);

/// Makes ready for a further stream behind one that ended (gzip members, concatenated bzip2).
kr_inflate_status kr_inflater_restart(kr_inflater *_Nonnull inflater);

/// Frees all that the inflater holds.
void kr_inflater_close(kr_inflater *_Nonnull inflater);

typedef enum {
  /// Go on: some input was read or some output written.
  KR_DEFLATE_MORE = 0,
  /// The stream is complete.
  KR_DEFLATE_END = 1,
  /// The library failed, for want of memory.
  KR_DEFLATE_FAILED = 2,
} kr_deflate_status;

typedef struct kr_deflater kr_deflater;

/// What one step read and wrote, in bytes.
typedef struct {
  kr_deflate_status status;
  size_t read;
  size_t written;
} kr_deflate_step;

/// A new deflater for gzip or xz, or NULL where there is no memory or the format is another. The same input always makes
/// the same output: gzip gets no name and no time.
kr_deflater *_Nullable kr_deflater_open(kr_format format);

/// Deflates from `input` to `output`. With `is_last`, to be called until the stream is complete.
kr_deflate_step kr_deflater_next(kr_deflater *_Nonnull deflater, const uint8_t *_Nullable input, size_t input_length,
                                 uint8_t *_Nonnull output, size_t output_length, int is_last);

/// Frees all that the deflater holds.
void kr_deflater_close(kr_deflater *_Nonnull deflater);
