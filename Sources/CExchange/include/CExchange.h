/// What the C library offers beyond POSIX alone: two names of the file system exchanged at once, a file flushed while it grows.
#pragma once

/// Makes the first name, in the directory `first`, what the second one is, in the directory `second`, and the other way round: nobody
/// ever sees one of them missing. 0, or the system's error number; EINVAL where the file system cannot do it.
int kr_exchange(int first, const char *_Nonnull first_name, int second, const char *_Nonnull second_name);

/// Begins to write a part of a file to its disk, and does not wait for it. Nothing depends on it: a file system that cannot do it does
/// nothing.
void kr_begin_flush(int file, long long offset, long long length);
