/// A line taken apart into words as a shell does, with quotes and escapes left in them.
///
/// Source: BuildKit's `shell.Lex` with `RawQuotes`, `RawEscapes` and `SkipUnsetEnv`.
struct ShellWords {
  private let octets: [UInt8]
  private let line: Int
  private var position = 0
  private var word: [UInt8] = []
  /// The words.
  private(set) var words: [[UInt8]] = []

  init(_ octets: [UInt8], line: Int) { (self.octets, self.line) = (octets, line) }

  /// Reads them; false where quotes or braces do not match, or a form of `${…}` is unknown.
  ///
  /// - Throws: `BuildFileError`.
  mutating func read() throws(BuildFileError) -> Bool {
    while let octet = peek {
      switch octet {
      case UInt8(ascii: "'"): guard single() else { return false }
      case UInt8(ascii: "\""): guard try double() else { return false }
      case UInt8(ascii: "$"): guard try dollar(isQuoted: false) else { return false }
      case UInt8(ascii: "\\"):
        take()
        take()
      default:
        guard let length = WhiteSpace.length(in: octets, at: position) else {
          take()
          continue
        }
        endWord()
        position += length
      }
    }
    endWord()
    return true
  }

  private var peek: UInt8? { position < octets.count ? octets[position] : nil }

  private mutating func take() {
    guard let octet = peek else { return }
    word.append(octet)
    position += 1
  }

  private mutating func endWord() {
    if !word.isEmpty { words.append(word) }
    word = []
  }

  private mutating func single() -> Bool {
    take()
    while let octet = peek {
      take()
      if octet == UInt8(ascii: "'") { return true }
    }
    return false
  }

  private mutating func double() throws(BuildFileError) -> Bool {
    take()
    while let octet = peek {
      switch octet {
      case UInt8(ascii: "\""):
        take()
        return true
      case UInt8(ascii: "$"): guard try dollar(isQuoted: true) else { return false }
      case UInt8(ascii: "\\"):
        take()
        if let next = peek, [UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "\\")].contains(next) { take() }
      default: take()
      }
    }
    return false
  }

  /// A variable stays as it is written; white space in one ends a word.
  private mutating func dollar(isQuoted: Bool) throws(BuildFileError) -> Bool {
    let start = position
    position += 1
    guard peek == UInt8(ascii: "{") else {
      let end = VariableName.end(in: octets, at: position)
      word += octets[start..<end]
      position = end
      return true
    }
    guard let end = try BracedVariable.end(in: octets, at: start, escape: UInt8(ascii: "\\"), line: line) else {
      return false
    }
    let inside = octets[start..<end]
    guard !inside.indices.contains(where: { inside[$0...].starts(with: "<<".utf8) }) else {
      throw BuildFileError(line: line, "<< inside of ${…} is read in different ways by builders")
    }
    position = start
    while position < end {
      if !isQuoted, let length = WhiteSpace.length(in: octets, at: position) {
        endWord()
        position += length
      } else {
        take()
      }
    }
    return true
  }
}
