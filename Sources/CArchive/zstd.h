/// zstd by libzstd, which is loaded with the first stream: few images are compressed by it, and every start would pay.
#pragma once

#include "CArchive.h"

typedef struct kr_zstd kr_zstd;

/// A new stream with a window of at most so many bytes, or NULL where there is no memory or no library.
kr_zstd *kr_zstd_open(uint64_t memory_limit);

kr_inflate_step kr_zstd_next(kr_zstd *stream, const uint8_t *input, size_t input_length, uint8_t *output,
                             size_t output_length);

void kr_zstd_close(kr_zstd *stream);
