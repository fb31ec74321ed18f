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
  /// The open elements whose contents do not count.
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

static int hides(const xmlChar *name) {
  return is(name, "title") || is(name, "script") || is(name, "style") || is(name, "textarea") ||
         is(name, "template") || is(name, "noscript") || is(name, "svg") || is(name, "math");
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
  if (is(name, "body") || is(name, "frameset")) {
    reading->ended = 1;
    reading->library->stop(reading->parser);
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
  if (hides(name) && reading->hidden > 0) reading->hidden -= 1;
  if (is(name, "head")) reading->ended = 1;
}

kr_html_status kr_html_read_head(const char *page, size_t length, kr_html_meta *found, void *context) {
  library library;
  if (!load(&library)) return KR_HTML_NO_LIBRARY;
  htmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.startElement = begin;
  handler.endElement = end;
  reading reading = {.library = &library, .found = found, .context = context};
  reading.parser = library.create(&handler, &reading, NULL, 0, NULL, XML_CHAR_ENCODING_NONE);
  if (reading.parser == NULL) return KR_HTML_NO_MEMORY;
  library.use_options(reading.parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
  for (size_t offset = 0; offset < length && !reading.ended;) {
    size_t count = length - offset < 4096 ? length - offset : 4096;
    library.parse(reading.parser, page + offset, (int)count, 0);
    offset += count;
  }
  if (!reading.ended) library.parse(reading.parser, page, 0, 1);
  library.free(reading.parser);
  return KR_HTML_READ;
}
