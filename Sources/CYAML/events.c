#include "CYAML.h"

#include <dlfcn.h>
#include <string.h>
#include <yaml.h>

/// What is used of the library.
typedef struct {
  __typeof__(yaml_parser_initialize) *initialize;
  __typeof__(yaml_parser_delete) *free;
  __typeof__(yaml_parser_set_input_string) *set_input;
  __typeof__(yaml_parser_set_encoding) *set_encoding;
  __typeof__(yaml_parser_parse) *parse;
  __typeof__(yaml_event_delete) *free_event;
} library;

static int load(library *into) {
  void *handle = dlopen("libyaml-0.so.2", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return 0;
  into->initialize = (__typeof__(into->initialize))dlsym(handle, "yaml_parser_initialize");
  into->free = (__typeof__(into->free))dlsym(handle, "yaml_parser_delete");
  into->set_input = (__typeof__(into->set_input))dlsym(handle, "yaml_parser_set_input_string");
  into->set_encoding = (__typeof__(into->set_encoding))dlsym(handle, "yaml_parser_set_encoding");
  into->parse = (__typeof__(into->parse))dlsym(handle, "yaml_parser_parse");
  into->free_event = (__typeof__(into->free_event))dlsym(handle, "yaml_event_delete");
  return into->initialize && into->free && into->set_input && into->set_encoding && into->parse && into->free_event;
}

/// Fills in what an event is; 0 for one that is no part of a document.
static int describe(const yaml_event_t *event, kr_yaml_part *part) {
  memset(part, 0, sizeof *part);
  part->line = event->start_mark.line;
  part->column = event->start_mark.column;
  switch (event->type) {
    case YAML_DOCUMENT_START_EVENT: part->kind = KR_YAML_DOCUMENT; return 1;
    case YAML_ALIAS_EVENT:
      part->kind = KR_YAML_ALIAS;
      part->anchor = (const char *)event->data.alias.anchor;
      return 1;
    case YAML_SCALAR_EVENT:
      part->kind = KR_YAML_SCALAR;
      part->text = event->data.scalar.value;
      part->length = event->data.scalar.length;
      part->anchor = (const char *)event->data.scalar.anchor;
      part->tag = (const char *)event->data.scalar.tag;
      part->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
      return 1;
    case YAML_SEQUENCE_START_EVENT:
      part->kind = KR_YAML_SEQUENCE;
      part->anchor = (const char *)event->data.sequence_start.anchor;
      part->tag = (const char *)event->data.sequence_start.tag;
      return 1;
    case YAML_MAPPING_START_EVENT:
      part->kind = KR_YAML_MAPPING;
      part->anchor = (const char *)event->data.mapping_start.anchor;
      part->tag = (const char *)event->data.mapping_start.tag;
      return 1;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: part->kind = KR_YAML_END; return 1;
    default: return 0;
  }
}

kr_yaml_status kr_yaml_read(const unsigned char *text, size_t length, kr_yaml_found *found, void *context,
                            kr_yaml_failure *failure) {
  memset(failure, 0, sizeof *failure);
  library library;
  yaml_parser_t parser;
  if (!load(&library) || !library.initialize(&parser)) return KR_YAML_NO_LIBRARY;
  library.set_encoding(&parser, YAML_UTF8_ENCODING);
  library.set_input(&parser, text, length);
  kr_yaml_status status = KR_YAML_READ;
  for (int ended = 0; !ended && status == KR_YAML_READ;) {
    yaml_event_t event;
    if (!library.parse(&parser, &event)) {
      failure->line = parser.problem_mark.line;
      failure->problem = parser.problem != NULL ? parser.problem : "it cannot be read";
      status = KR_YAML_BROKEN;
      break;
    }
    kr_yaml_part part;
    ended = event.type == YAML_STREAM_END_EVENT || event.type == YAML_NO_EVENT;
    if (describe(&event, &part) && !found(context, &part)) status = KR_YAML_ENDED;
    library.free_event(&event);
  }
  library.free(&parser);
  return status;
}
