#define _GNU_SOURCE
#include "CExchange.h"

#include <errno.h>
#include <stdio.h>

int kr_exchange(int first, const char *first_name, int second, const char *second_name) {
  return renameat2(first, first_name, second, second_name, RENAME_EXCHANGE) == 0 ? 0 : errno;
}
