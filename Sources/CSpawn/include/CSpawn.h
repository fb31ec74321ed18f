// Starts a program with just the descriptors that it is to have.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/// What a program is started with.
typedef struct {
  /// Its file, its words (its name first) and its variables (null for those of this process), each list ended by null.
  const char *path;
  char *const *words;
  char *const *variables;
  /// Where it begins; empty for where this process is.
  const char *directory;
  /// Its descriptors in rising order, and those of this process that they are copies of; a negative one stands for
  /// /dev/null. Each of this process's must be above all places.
  const int *places;
  const int *sources;
  size_t count;
  /// Whether it leads a process group of its own.
  bool has_own_group;
} kr_spawn_order;

/// Starts it: 0 with the process, or an error number.
int kr_spawn(const kr_spawn_order *order, pid_t *process);

/// A pipe whose ends are closed in what is started later: the reading end, then the writing one; or -1 with errno.
int kr_pipe(int ends[2]);

/// Starts it in the foreground: 0 with the process, or an error number. `kr_leave_foreground` follows its end.
///
/// What a terminal sends to interrupt or quit goes to both, and only the program decides, as with `system`; SIGTERM, SIGHUP,
/// SIGUSR1 and SIGUSR2, and SIGINT and SIGQUIT of another process, are passed on. For one thread and one program at a time.
int kr_spawn_in_foreground(const kr_spawn_order *order, pid_t *process);

/// Takes signals again as before the program in the foreground.
void kr_leave_foreground(void);

/// The variables of this process, each with its name, ended by null.
char *const *kr_variables(void);

/// Becomes a program, with these variables (null for those of this process): an error number where that fails.
int kr_replace(const char *path, char *const *words, char *const *variables);

/// Whether a process has ended; it stays to be waited for.
bool kr_has_ended(pid_t process);
