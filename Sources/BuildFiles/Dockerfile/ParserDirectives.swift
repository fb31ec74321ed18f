/// The comments at the beginning of a Dockerfile that say how it is read.
struct ParserDirectives {
  /// The character that escapes, and that continues a line.
  private(set) var escape = UInt8(ascii: "\\")
  /// The image that reads the file.
  private(set) var syntax: SourceText?

  /// Reads them, as far as they go.
  ///
  /// - Throws: `BuildFileError` where one is given twice or is none.
  init(_ file: [UInt8]) throws(BuildFileError) {
    var lines = SourceLines(file)
    var seen: Set<String> = []
    var isScript = false
    while let line = try lines.next() {
      if lines.number == 1, line.octets.starts(with: "#!".utf8) {
        // Which image reads the file is looked for behind such a line, all else is not.
        isScript = true
        continue
      }
      guard let (name, value) = Self.directive(line.trimmedBefore) else { return }
      guard seen.insert(name).inserted else {
        throw BuildFileError(line: lines.number, "the directive \(name) stands there a second time")
      }
      if name == "syntax" { syntax = value.words.first ?? value }
      if name == "escape", !isScript { escape = try Self.escape(value, line: lines.number) }
    }
  }

  /// A name in lower case and a value; nil for what ends the directives.
  private static func directive(_ line: SourceText) -> (String, SourceText)? {
    guard line.octets.first == UInt8(ascii: "#") else { return nil }
    let body = line[1..<line.count].trimmedBefore
    guard let equals = body.octets.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let name = body[0..<equals].trimmed.text.lowercased()
    let value = body[(equals + 1)..<body.count].trimmed
    guard ["syntax", "escape", "check"].contains(name), !value.isEmpty else { return nil }
    return (name, value)
  }

  private static func escape(_ value: SourceText, line: Int) throws(BuildFileError) -> UInt8 {
    guard value.count == 1, let octet = value.octets.first, octet == UInt8(ascii: "\\") || octet == UInt8(ascii: "`")
    else { throw BuildFileError(line: line, "the escape character is neither \\ nor `", value.text) }
    return octet
  }
}
