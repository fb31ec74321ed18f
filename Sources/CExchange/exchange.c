#define _GNU_SOURCE
#include "CExchange.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

int kr_exchange(int first, const char *first_name, int second, const char *second_name) {
  return renameat2(first, first_name, second, second_name, RENAME_EXCHANGE) == 0 ? 0 : errno;
}

void kr_begin_flush(int file, long long offset, long long length) {
  (void)sync_file_range(file, offset, length, SYNC_FILE_RANGE_WRITE);
}
