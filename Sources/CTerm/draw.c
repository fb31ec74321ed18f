// The picture: ncurses keeps it and sends only the difference.

#include "terminal.h"

#include <wchar.h>

static short pairs[16];
static bool coloured;

void cterm_start_colours(bool wanted) {
  coloured = false;
  for (int i = 0; i < 16; i++) pairs[i] = 0;
  if (!wanted || !has_colors()) return;
  start_color();
  // Without this the default background would be painted black.
  coloured = use_default_colors() == OK;
}

static short pair_for(int colour) {
  if (pairs[colour] == 0) {
    int pair = alloc_pair(colour, -1);
    pairs[colour] = pair > 0 ? (short)pair : 0;
  }
  return pairs[colour];
}

void cterm_pen(uint32_t attributes, int colour) {
  attr_t pen = A_NORMAL;
  if (attributes & CTERM_BOLD) pen |= A_BOLD;
  if (attributes & CTERM_DIM_TEXT) pen |= A_DIM;
  if (attributes & CTERM_UNDERLINE) pen |= A_UNDERLINE;
  if (attributes & CTERM_REVERSE) pen |= A_REVERSE;

  short pair = 0;
  if (coloured && colour >= 0 && colour < 16) {
    // With eight colours, bold is the bright half.
    if (colour >= 8 && COLORS < 16) {
      colour -= 8;
      pen |= A_BOLD;
    }
    pair = pair_for(colour);
  }
  wattr_set(stdscr, pen, pair, NULL);
}

void cterm_erase(void) { werase(stdscr); }

void cterm_clear_row(int row) {
  wattr_set(stdscr, A_NORMAL, 0, NULL);
  if (wmove(stdscr, row, 0) == OK) wclrtoeol(stdscr);
}

void cterm_put_ascii(int row, int column, const uint8_t *text, int count) {
  if (column < 0 || column >= COLS) return;
  if (count > COLS - column) count = COLS - column;
  mvwaddnstr(stdscr, row, column, (const char *)text, count);
}

/// The columns that ncurses, which asks the C library, will give the glyph. -1 when it cannot be drawn.
static int drawn_width(const wchar_t *text, int count) {
  for (int i = 1; i < count; i++) {
    if (wcwidth(text[i]) != 0) return -1;
  }
  return wcwidth(text[0]);
}

void cterm_put_glyph(int row, int column, const uint32_t *scalars, int count, int width) {
  wchar_t text[CCHARW_MAX + 1] = {0};
  if (count < 1 || count > CCHARW_MAX || column < 0 || column + width > COLS) return;
  for (int i = 0; i < count; i++) text[i] = (wchar_t)scalars[i];

  attr_t pen;
  short pair;
  wattr_get(stdscr, &pen, &pair, NULL);
  cchar_t cell;
  if (drawn_width(text, count) == width && setcchar(&cell, text, pen, pair, NULL) == OK) {
    mvwadd_wch(stdscr, row, column, &cell);
  } else {
    mvwaddnstr(stdscr, row, column, "? ", width);
  }
}

void cterm_put_piece(int row, int column, int piece) {
  const cchar_t *cell;
  switch (piece) {
    case CTERM_HORIZONTAL: cell = WACS_HLINE; break;
    case CTERM_VERTICAL: cell = WACS_VLINE; break;
    case CTERM_UPPER_LEFT: cell = WACS_ULCORNER; break;
    case CTERM_UPPER_RIGHT: cell = WACS_URCORNER; break;
    case CTERM_LOWER_LEFT: cell = WACS_LLCORNER; break;
    case CTERM_LOWER_RIGHT: cell = WACS_LRCORNER; break;
    case CTERM_TEE_RIGHT: cell = WACS_LTEE; break;
    case CTERM_TEE_LEFT: cell = WACS_RTEE; break;
    case CTERM_TEE_DOWN: cell = WACS_TTEE; break;
    case CTERM_TEE_UP: cell = WACS_BTEE; break;
    default: cell = WACS_PLUS; break;
  }
  mvwadd_wch(stdscr, row, column, cell);
}

void cterm_cursor(int row, int column) {
  bool shown = row >= 0 && row < LINES && column >= 0 && column < COLS;
  curs_set(shown ? 1 : 0);
  if (shown) wmove(stdscr, row, column);
}

void cterm_flush(void) {
  wnoutrefresh(stdscr);
  doupdate();
}

void cterm_redraw(void) { clearok(curscr, TRUE); }
