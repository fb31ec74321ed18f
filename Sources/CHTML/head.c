#include "CHTML.h"

#include <dlfcn.h>
#include <libxml/HTMLparser.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

/// What is used of the library.
typedef struct {
  __typeof__(htmlCreatePushParserCtxt) *create;
  __typeof__(htmlParseChunk) *parse;
  __typeof__(htmlCtxtUseOptions) *use_options;
  __typeof__(htmlFreeParserCtxt) *free;
  __typeof__(xmlStopParser) *stop;
} library;

typedef struct {
  const library *library;
  htmlParserCtxtPtr parser;
  kr_html_meta *found;
  void *context;
  /// The open elements.
  int depth;
  /// Those of them whose contents do not count.
  int hidden;
  int ended;
} reading;

/// Loads the library once; a second thread that does the same at the same time stores the same addresses.
static int load(library *into) {
  void *handle = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return 0;
  into->create = (__typeof__(into->create))dlsym(handle, "htmlCreatePushParserCtxt");
  into->parse = (__typeof__(into->parse))dlsym(handle, "htmlParseChunk");
  into->use_options = (__typeof__(into->use_options))dlsym(handle, "htmlCtxtUseOptions");
  into->free = (__typeof__(into->free))dlsym(handle, "htmlFreeParserCtxt");
  into->stop = (__typeof__(into->stop))dlsym(handle, "xmlStopParser");
  return into->create && into->parse && into->use_options && into->free && into->stop;
}

static int is(const xmlChar *name, const char *expected) { return strcasecmp((const char *)name, expected) == 0; }

/// What a head may hold that has contents: none of them are elements of the head.
static int hides(const xmlChar *name) {
  return is(name, "title") || is(name, "script") || is(name, "style") || is(name, "template") ||
         is(name, "noscript") || is(name, "noframes");
}

/// Any other element is one of the body, whether that was begun or not.
static int may_be_in_head(const xmlChar *name) {
  return is(name, "html") || is(name, "head") || is(name, "meta") || is(name, "link") || is(name, "base") ||
         is(name, "basefont") || is(name, "bgsound") || hides(name);
}

/// More open elements than this are no page's; looking through them all for each end would take the parser minutes.
static const int depth_limit = 256;

static void stop(reading *reading) {
  reading->ended = 1;
  reading->library->stop(reading->parser);
}

/// The first attribute of that name counts, as HTML has it.
static const char *attribute(const xmlChar **attributes, const char *name) {
  for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
    if (is(attributes[0], name)) return attributes[1] == NULL ? "" : (const char *)attributes[1];
  }
  return NULL;
}

static void begin(void *context, const xmlChar *name, const xmlChar **attributes) {
  reading *reading = context;
  if (reading->ended) return;
  reading->depth += 1;
  int is_hidden = reading->hidden > 0 && !is(name, "body");
  if (reading->depth > depth_limit || !(is_hidden || may_be_in_head(name))) {
    stop(reading);
  } else if (hides(name)) {
    reading->hidden += 1;
  } else if (is(name, "meta") && reading->hidden == 0) {
    const char *meta = attribute(attributes, "name");
    const char *content = attribute(attributes, "content");
    if (meta != NULL && content != NULL) reading->found(reading->context, meta, content);
  }
}

static void end(void *context, const xmlChar *name) {
  reading *reading = context;
  if (reading->ended) return;
  reading->depth -= 1;
  if (is(name, "head")) return stop(reading);
  if (!hides(name) || reading->hidden == 0) return;
  reading->hidden -= 1;
  // For HTML `<script/>` is a beginning like any other: what follows is its content, which the parser does not see so.
  const xmlParserInput *input = reading->parser->input;
  if (input->cur - input->base >= 2 && input->cur[-2] == '/') stop(reading);
}

/// Text between the elements of a head begins the body.
static void characters(void *context, const xmlChar *text, int length) {
  reading *reading = context;
  for (int i = 0; i < length && !reading->ended && reading->hidden == 0; i++) {
    if (strchr(" \t\n\f\r", text[i]) == NULL || text[i] == 0) stop(reading);
  }
}

kr_html_status kr_html_read_head(const char *page, size_t length, kr_html_meta *found, void *context) {
  library library;
  if (!load(&library)) return KR_HTML_NO_LIBRARY;
  htmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.startElement = begin;
  handler.endElement = end;
  handler.characters = characters;
  reading reading = {.library = &library, .found = found, .context = context};
  reading.parser = library.create(&handler, &reading, NULL, 0, NULL, XML_CHAR_ENCODING_NONE);
  if (reading.parser == NULL) return KR_HTML_NO_MEMORY;
  // No page may say in which encoding the rest of it is to be read: what others see in it would be something else.
  library.use_options(reading.parser,
                      HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
  if (length >= 3 && memcmp(page, "\xef\xbb\xbf", 3) == 0) {
    page += 3;
    length -= 3;
  }
  for (size_t offset = 0; offset < length && !reading.ended;) {
    size_t count = length - offset < 4096 ? length - offset : 4096;
    library.parse(reading.parser, page + offset, (int)count, 0);
    offset += count;
  }
  if (!reading.ended) library.parse(reading.parser, page, 0, 1);
  library.free(reading.parser);
  return KR_HTML_READ;
}
