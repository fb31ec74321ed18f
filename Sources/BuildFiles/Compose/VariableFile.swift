/// A file of variables beside a compose file: `.env`.
struct VariableFile {
  private let given: (String) -> String?
  private var values: [String: String] = [:]

  /// Reads lines of `NAME=value`, with `export` before them, quotes and comments.
  ///
  /// - Throws: `BuildFileError` with the line.
  init(_ octets: [UInt8], behind given: @escaping (String) -> String?) throws(BuildFileError) {
    guard octets.count <= BuildFileLimits.octets else {
      throw BuildFileError("it has more than \(BuildFileLimits.octets) octets")
    }
    self.given = given
    var lines = SourceLines(octets)
    var count = 0
    while let source = try lines.next() {
      var line = source.trimmed
      guard !line.isEmpty, line.octets.first != UInt8(ascii: "#") else { continue }
      if line.octets.starts(with: "export ".utf8) { line = line[7..<line.count].trimmedBefore }
      count += 1
      guard count <= BuildFileLimits.variables else {
        throw BuildFileError(line: lines.number, "more than \(BuildFileLimits.variables) variables")
      }
      let equals = line.octets.firstIndex(of: UInt8(ascii: "=")) ?? line.count
      let name = line[0..<equals].trimmed
      guard VariableName.isName(name.octets) else {
        throw BuildFileError(line: lines.number, "it is no NAME=value", line.text)
      }
      guard equals < line.count else { continue }
      values[name.text] = try value(line[(equals + 1)..<line.count].trimmed, line: lines.number)
    }
  }

  /// A variable of the environment, or else of the file.
  func value(of name: String) -> String? { given(name) ?? values[name] }

  private func value(_ text: SourceText, line: Int) throws(BuildFileError) -> String {
    let interpolation = Interpolation { value(of: $0) }
    guard let quote = text.octets.first, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(quote) else {
      let plain = text.octets.indices.first { index in
        text.octets[index] == UInt8(ascii: "#") && (index == 0 || WhiteSpace.separates(text.octets[index - 1]))
      }
      return try interpolation.text(text[0..<(plain ?? text.count)].trimmed.text, line: line)
    }
    guard let end = text.octets.dropFirst().firstIndex(of: quote) else {
      throw BuildFileError(line: line, "a quote does not end on its line")
    }
    let rest = text[(end + 1)..<text.count].trimmedBefore
    guard rest.isEmpty || rest.octets.first == UInt8(ascii: "#"), !text.octets[1..<end].contains(UInt8(ascii: "\\"))
    else { throw BuildFileError(line: line, "a value with escapes, or with more behind its quotes") }
    let inner = text[1..<end].text
    return quote == UInt8(ascii: "'") ? inner : try interpolation.text(inner, line: line)
  }
}
