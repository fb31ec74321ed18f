/// The parts of a YAML document, in order, by libyaml.
///
/// The library is loaded when a document is first read: few commands read one.
#pragma once

#include <stddef.h>

typedef enum {
  KR_YAML_SCALAR = 0,
  KR_YAML_SEQUENCE = 1,
  KR_YAML_MAPPING = 2,
  /// The end of the sequence or mapping that was begun last.
  KR_YAML_END = 3,
  KR_YAML_ALIAS = 4,
  /// The beginning of a document.
  KR_YAML_DOCUMENT = 5,
} kr_yaml_kind;

/// A part of a document; the memory is valid during the call alone.
typedef struct {
  kr_yaml_kind kind;
  /// The octets of a scalar, UTF-8; NULL for other parts.
  const unsigned char *_Nullable text;
  size_t length;
  /// The name that it is given, or, for an alias, that it stands for.
  const char *_Nullable anchor;
  /// Its tag, where one is written.
  const char *_Nullable tag;
  /// Whether a scalar stands there without quotes.
  int is_plain;
  /// Where it begins, both from 0; the column in characters.
  size_t line, column;
} kr_yaml_part;

/// Is told each part; 0 ends the reading.
typedef int kr_yaml_found(void *_Nonnull context, const kr_yaml_part *_Nonnull part);

typedef enum {
  /// Everything was read.
  KR_YAML_READ = 0,
  /// `kr_yaml_found` has ended it.
  KR_YAML_ENDED = 1,
  /// It is no YAML.
  KR_YAML_BROKEN = 2,
  /// libyaml is not there, or not as it should be.
  KR_YAML_NO_LIBRARY = 3,
} kr_yaml_status;

/// Where and why reading ended.
typedef struct {
  /// From 0.
  size_t line;
  /// In English; never NULL where the document is broken. Its memory is never given back.
  const char *_Nullable problem;
} kr_yaml_failure;

/// Reads all documents of a text in UTF-8 and reports their parts.
kr_yaml_status kr_yaml_read(const unsigned char *_Nonnull text, size_t length, kr_yaml_found *_Nonnull found,
                            void *_Nonnull context, kr_yaml_failure *_Nonnull failure);
