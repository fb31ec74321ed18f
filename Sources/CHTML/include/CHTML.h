/// The `meta` elements of an HTML page's head, by libxml2's HTML parser.
///
/// The library is loaded when a page is first read: with what it pulls in it would cost every start of the program
/// several milliseconds.
#pragma once

#include <stddef.h>

/// A `meta` element: the values of its attributes `name` and `content`, as UTF-8 that ends with a zero octet. The memory
/// is valid during the call alone.
typedef void kr_html_meta(void *_Nonnull context, const char *_Nonnull name, const char *_Nonnull content);

typedef enum {
  /// The page was read, as far as its head goes.
  KR_HTML_READ = 0,
  /// libxml2 is not there, or not as it should be.
  KR_HTML_NO_LIBRARY = 1,
  /// The system has no memory left.
  KR_HTML_NO_MEMORY = 2,
} kr_html_status;

/// Reads a page (UTF-8, whatever it says of itself) and reports each `meta` element of its head, in order: those in the
/// body, in comments, in scripts, styles, titles, text areas, templates and in what is for browsers without scripts do
/// not count. Nothing is fetched. The head ends where HTML has it end: with its end tag, or with the first text or
/// element that only a body can hold; also where elements are nested more than 256 deep.
kr_html_status kr_html_read_head(const char *_Nonnull page, size_t length, kr_html_meta *_Nonnull found,
                                 void *_Nonnull context);
