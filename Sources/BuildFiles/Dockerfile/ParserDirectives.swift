/// The comments at the beginning of a Dockerfile that say how it is read.
struct ParserDirectives {
  /// The character that escapes, and that continues a line.
  private(set) var escape = UInt8(ascii: "\\")
  /// The image that reads the file.
  private(set) var syntax: SourceText?

  /// Reads them, as far as they go.
  ///
  /// - Throws: `BuildFileError` where one is given twice or is none, or where builders do not agree whether it counts.
  init(_ file: [UInt8], for builder: BuildSettings.Builder = .buildKit) throws(BuildFileError) {
    var lines = SourceLines(file)
    var seen: Set<String> = []
    var isScript = false
    while let line = try lines.next() {
      if lines.number == 1, line.octets.starts(with: "#!".utf8) {
        // Which image reads the file is looked for behind such a line, all else is not.
        isScript = true
        continue
      }
      guard let (name, value) = try Self.directive(line.trimmedBefore, line: lines.number) else { return }
      guard seen.insert(name).inserted else {
        throw BuildFileError(line: lines.number, "the directive \(name) stands there a second time")
      }
      if name == "syntax" { syntax = value.words.first ?? value }
      guard name == "escape", !isScript else { continue }
      escape = try Self.escape(value, line: lines.number)
      // Podman and engines of old end at the first directive that is another one, and older BuildKits at `check`.
      let isCertain = builder == .buildKit ? !seen.contains("check") : lines.number == 1
      guard escape == UInt8(ascii: "\\") || isCertain else {
        throw BuildFileError(
          line: lines.number, "some builders do not see the escape character behind other directives: put it first")
      }
    }
  }

  private static let known = ["syntax", "escape", "check"].map { Array($0.utf8) }

  /// A name in lower case and a value; nil for what ends the directives.
  private static func directive(
    _ line: SourceText, line number: Int
  ) throws(BuildFileError) -> (String, SourceText)? {
    guard line.octets.first == UInt8(ascii: "#") else { return nil }
    let body = line[1..<line.count].trimmedBefore
    guard let equals = body.octets.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let written = body[0..<equals]
    let name = written.trimmed
    let value = body[(equals + 1)..<body.count].trimmed
    // No other letters than those of ASCII become small ones here.
    let word = name.octets.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    guard known.contains(word), !value.isEmpty else { return nil }
    let blanks = line[1..<(line.count - body.count)].octets + written[name.count..<written.count].octets
    guard blanks.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else {
      throw BuildFileError(
        line: number, "only blanks and tabs are white space around a directive's name for every builder", line.text)
    }
    return (String(decoding: word, as: UTF8.self), value)
  }

  private static func escape(_ value: SourceText, line: Int) throws(BuildFileError) -> UInt8 {
    guard value.count == 1, let octet = value.octets.first, octet == UInt8(ascii: "\\") || octet == UInt8(ascii: "`")
    else { throw BuildFileError(line: line, "the escape character is neither \\ nor `", value.text) }
    return octet
  }
}
