/// What unpacking and running an image needs of the system beyond what Swift's C library offers.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Sets an extended attribute of an open file or directory: 0, or the system's error number.
int kr_set_attribute(int file, const char *_Nonnull name, const void *_Nullable value, size_t length);

/// Makes a device or FIFO in a directory: 0, or the system's error number. The mode holds its kind.
int kr_make_node(int directory, const char *_Nonnull name, mode_t mode, uint32_t major, uint32_t minor);

/// From here on SIGINT, SIGTERM, SIGHUP and SIGQUIT are noted and do not end the process.
void kr_note_interrupts(void);

/// The first signal that was noted; 0 where there was none.
int kr_noted_interrupt(void);

/// Ends the process by a signal, as if it had not been noted.
void kr_end_by(int signal);
