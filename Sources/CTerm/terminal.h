// What the files of this target share, and nobody else sees.

#ifndef CTERM_TERMINAL_H
#define CTERM_TERMINAL_H

#define _GNU_SOURCE 1
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1

// <term.h> must never be included: its macros (`lines`, `columns`) rewrite the fields of our own structs.
#include <curses.h>

#include "cterm.h"

extern int cterm_tty;
extern bool cterm_is_open;

/// Key codes of ours. ncurses numbers the extended capabilities of terminfo from KEY_MAX on: stay far above them.
enum { KEY_PASTE_BEGIN = 0x2000, KEY_PASTE_END, KEY_MOUSE_SGR, KEY_MOUSE_X10 };

/// A terminfo string, NULL where the terminal has none.
const char *cterm_capability(const char *name);

// keys.c
void cterm_define_keys(void);

// draw.c
void cterm_start_colours(bool wanted);

// signals.c
bool cterm_signals_install(void);
void cterm_signals_remove(void);
/// While a child has the terminal, Ctrl-Z must stop us with it.
void cterm_signals_default_suspend(bool on);
int cterm_signals_descriptor(void);

// crash.c
void cterm_crash_install(void);
void cterm_crash_remove(void);

#endif
