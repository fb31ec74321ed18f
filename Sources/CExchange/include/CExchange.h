/// Exchanges two names of the file system at once, which the C library offers beyond POSIX alone.
#pragma once

/// Makes the first name, in the directory `first`, what the second one is, in the directory `second`, and the other way round: nobody
/// ever sees one of them missing. 0, or the system's error number; EINVAL where the file system cannot do it.
int kr_exchange(int first, const char *_Nonnull first_name, int second, const char *_Nonnull second_name);
