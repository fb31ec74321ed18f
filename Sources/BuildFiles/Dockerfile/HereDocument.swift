/// A text in the lines behind an instruction: `RUN <<EOF`.
///
/// Source: BuildKit's `heredocsFromLine` and the words that its shell reader makes.
struct HereDocument: Equatable {
  /// The line that ends it.
  let end: [UInt8]
  /// Whether tabs before its lines do not count: `<<-`.
  let dropsTabs: Bool

  /// Those that a line begins, in order.
  ///
  /// - Throws: `BuildFileError` for what builders read in different ways.
  static func all(in text: SourceText, line: Int) throws(BuildFileError) -> [HereDocument] {
    let marker = Array("<<".utf8)
    guard text.octets.indices.contains(where: { text.octets[$0...].starts(with: marker) }) else { return [] }
    var words = ShellWords(text.octets, line: line)
    // A line that the builder's reader cannot take apart has none for it.
    guard try words.read() else { return [] }
    var documents: [HereDocument] = []
    for word in words.words {
      if let document = try HereDocument(word: word, line: line) { documents.append(document) }
    }
    return documents
  }

  /// `[number]<<[-]word`; nil for any other word.
  private init?(word: [UInt8], line: Int) throws(BuildFileError) {
    var rest = word.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard rest.starts(with: "<<".utf8) else { return nil }
    rest = rest.dropFirst(2)
    dropsTabs = rest.first == UInt8(ascii: "-")
    if dropsTabs { rest = rest.dropFirst() }
    guard !rest.contains(UInt8(ascii: "<")) else { return nil }
    let text = String(decoding: word, as: UTF8.self)
    guard !rest.isEmpty else {
      throw BuildFileError(line: line, "a space behind << is read in different ways by builders", text)
    }
    let odd: [UInt8] = [UInt8(ascii: "$"), UInt8(ascii: "\\"), UInt8(ascii: "`")]
    guard !rest.contains(where: odd.contains) else {
      throw BuildFileError(line: line, "the word of a here-document has $, ` or \\ in it", text)
    }
    end = Self.unquoted(rest)
    if end.isEmpty { return nil }
  }

  private static func unquoted(_ word: ArraySlice<UInt8>) -> [UInt8] {
    var (result, quote) = ([UInt8](), UInt8?.none)
    for octet in word {
      if octet == quote {
        quote = nil
      } else if quote == nil, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(octet) {
        quote = octet
      } else {
        result.append(octet)
      }
    }
    return result
  }
}
