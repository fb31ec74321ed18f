/// An instruction of a Dockerfile: its word, its options, and the rest.
struct Instruction {
  /// An option: `--name=value`.
  struct Option {
    let name: String
    let value: SourceText
    /// Whether it stands there as it is meant, without quotes and escapes.
    let isPlain: Bool
  }

  /// The number of its first line, from 1.
  let line: Int
  /// The word, in lower case.
  let word: String
  let options: [Option]
  let rest: SourceText

  /// Every instruction there is.
  private static let known: Set<String> = [
    "add", "arg", "cmd", "copy", "entrypoint", "env", "expose", "from", "healthcheck", "label", "maintainer", "onbuild",
    "run", "shell", "stopsignal", "user", "volume", "workdir",
  ]

  /// Whether a whole line begins with the word of one.
  static func isKnown(_ text: SourceText) -> Bool {
    let text = text.trimmed
    let end = text.octets.firstIndex(where: WhiteSpace.separates) ?? text.count
    return known.contains(text[0..<end].text.lowercased())
  }

  /// Reads one from a whole line.
  ///
  /// - Throws: `BuildFileError`.
  init(_ text: SourceText, line: Int) throws(BuildFileError) {
    let text = text.trimmed
    let end = text.octets.firstIndex(where: WhiteSpace.separates) ?? text.count
    let written = text[0..<end].text
    word = written.lowercased()
    guard Self.known.contains(word) else { throw BuildFileError(line: line, "there is no such instruction", written) }
    self.line = line
    var reader = OptionReader(text[end..<text.count], line: line)
    options = try reader.options()
    rest = reader.rest.trimmed
  }

  /// The values of an option.
  func values(_ name: String) -> [Option] { options.filter { $0.name == name } }

  /// The instruction that it leaves to a later build: `ONBUILD`.
  ///
  /// - Throws: `BuildFileError`.
  func triggered() throws(BuildFileError) -> Instruction? {
    guard word == "onbuild" else { return nil }
    let inner = try Instruction(rest, line: line)
    guard !["onbuild", "from", "maintainer"].contains(inner.word) else {
      throw BuildFileError(line: line, "ONBUILD cannot trigger \(inner.word.uppercased())")
    }
    return inner
  }
}

/// Reads the options before the rest of an instruction, as BuildKit's `extractBuilderFlags` does.
struct OptionReader {
  private let text: SourceText
  private let line: Int
  private var position = 0

  init(_ text: SourceText, line: Int) { (self.text, self.line) = (text, line) }

  /// What was not read yet.
  var rest: SourceText { text[position..<text.count] }

  mutating func options() throws(BuildFileError) -> [Instruction.Option] {
    var options: [Instruction.Option] = []
    while true {
      while position < text.count, WhiteSpace.separates(text.octets[position]) { position += 1 }
      guard text.octets[position...].starts(with: "--".utf8) else { return options }
      let (word, isPlain) = try nextWord()
      if word.count == 2 { return options }
      options.append(try option(word, isPlain))
    }
  }

  private func option(_ word: SourceText, _ isPlain: Bool) throws(BuildFileError) -> Instruction.Option {
    let equals = word.octets.firstIndex(of: UInt8(ascii: "=")) ?? word.count
    let value = word[min(equals + 1, word.count)..<word.count]
    let name = word[2..<max(2, equals)].text
    guard !value.isEmpty || !["from", "mount", "platform"].contains(name) else {
      throw BuildFileError(line: line, "--\(name) has no value: it is written --\(name)=VALUE")
    }
    return Instruction.Option(name: name, value: value, isPlain: isPlain)
  }

  private mutating func nextWord() throws(BuildFileError) -> (SourceText, isPlain: Bool) {
    var (word, quote, isPlain) = (SourceText(), UInt8?.none, true)
    while position < text.count {
      var octet = text.octets[position]
      // BuildKit takes the octets for characters one by one here, some of them for white space.
      guard octet < 0x80 else { throw BuildFileError(line: line, "an option has other characters than ASCII") }
      if quote == nil, WhiteSpace.separates(octet) { break }
      if quote == nil ? [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(octet) : octet == quote {
        (quote, isPlain) = (quote == nil ? octet : nil, false)
        position += 1
        continue
      }
      if octet == UInt8(ascii: "\\") {
        (isPlain, position) = (false, position + 1)
        guard position < text.count else { break }
        octet = text.octets[position]
      }
      word.append(octet, at: text.offsets[position])
      position += 1
    }
    return (word, isPlain)
  }
}
