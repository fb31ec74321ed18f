/// The words of a field, blanks between them; a word that has blanks itself stands in `'` or `"`.
///
/// Pure. There are no escapes: a backslash is a character as any other.
struct QuotedWords {
  /// The words, none of them empty.
  let words: [String]

  /// Reads a field; nil where a quote has no end.
  init?(_ text: String) {
    var (words, word, quote) = ([String](), "", nil as Character?)
    for character in text {
      switch character {
      case quote: quote = nil
      case "'", "\"": if quote == nil { quote = character } else { word.append(character) }
      case " " where quote == nil:
        words.append(word)
        word = ""
      default: word.append(character)
      }
    }
    guard quote == nil else { return nil }
    self.words = (words + [word]).filter { !$0.isEmpty }
  }
}
