// Which bytes are which key, beyond what the terminfo entry says.

#include "terminal.h"

/// Terminals that ignore application cursor mode send the other form of these, which the entry does not know.
static const struct {
  const char *bytes;
  int key;
} forms[] = {
    {"\033[A", KEY_UP},      {"\033OA", KEY_UP},      {"\033[B", KEY_DOWN},    {"\033OB", KEY_DOWN},
    {"\033[C", KEY_RIGHT},   {"\033OC", KEY_RIGHT},   {"\033[D", KEY_LEFT},    {"\033OD", KEY_LEFT},
    {"\033[H", KEY_HOME},    {"\033OH", KEY_HOME},    {"\033[1~", KEY_HOME},   {"\033[7~", KEY_HOME},
    {"\033[F", KEY_END},     {"\033OF", KEY_END},     {"\033[4~", KEY_END},    {"\033[8~", KEY_END},
    {"\033[5~", KEY_PPAGE},  {"\033[6~", KEY_NPAGE},  {"\033[2~", KEY_IC},     {"\033[3~", KEY_DC},
    {"\033OP", KEY_F(1)},    {"\033OQ", KEY_F(2)},    {"\033OR", KEY_F(3)},    {"\033OS", KEY_F(4)},
    {"\033[11~", KEY_F(1)},  {"\033[12~", KEY_F(2)},  {"\033[13~", KEY_F(3)},  {"\033[14~", KEY_F(4)},
    {"\033[15~", KEY_F(5)},  {"\033[17~", KEY_F(6)},  {"\033[18~", KEY_F(7)},  {"\033[19~", KEY_F(8)},
    {"\033[20~", KEY_F(9)},  {"\033[21~", KEY_F(10)}, {"\033[23~", KEY_F(11)}, {"\033[24~", KEY_F(12)},
    {"\033OM", KEY_ENTER},   {"\033[Z", KEY_BTAB},
};

void cterm_define_keys(void) {
  // The mouse reports are read by us, in both encodings: the entry knows one, and the terminal may send the other.
  define_key(NULL, KEY_MOUSE);
  define_key("\033[<", KEY_MOUSE_SGR);
  if (key_defined("\033[M") == 0) define_key("\033[M", KEY_MOUSE_X10);
  define_key("\033[200~", KEY_PASTE_BEGIN);
  define_key("\033[201~", KEY_PASTE_END);
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    if (key_defined(forms[i].bytes) == 0) define_key(forms[i].bytes, forms[i].key);
  }
}
