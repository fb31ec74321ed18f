/// A word with its quotes taken away and its variables put in, as BuildKit does for `FROM` and `ARG`.
///
/// Source: BuildKit's `shell.Lex`; its forms with patterns (`#`, `%`, `/`) are refused.
struct WordExpansion {
  let variables: [String: String]
  let escape: UInt8
  let line: Int
  /// The variables that stand for nothing since they have no value.
  private(set) var unset: [String] = []

  init(_ variables: [String: String], escape: UInt8, line: Int) {
    (self.variables, self.escape, self.line) = (variables, escape, line)
  }

  /// - Throws: `BuildFileError`.
  mutating func expand(_ word: [UInt8]) throws(BuildFileError) -> String {
    try String(decoding: run(word, from: 0, until: nil, depth: 0).result, as: UTF8.self)
  }

  private mutating func run(
    _ word: [UInt8], from start: Int, until stop: UInt8?, depth: Int
  ) throws(BuildFileError) -> (result: [UInt8], end: Int) {
    guard depth <= BuildFileLimits.expansionDepth else {
      throw error("variables inside of each other more than \(BuildFileLimits.expansionDepth) deep")
    }
    var (result, index) = ([UInt8](), start)
    while index < word.count {
      let octet = word[index]
      if octet == stop { return (result, index + 1) }
      switch octet {
      case UInt8(ascii: "'"):
        guard let end = word[(index + 1)...].firstIndex(of: octet) else { throw error("a quote ' does not end") }
        result += word[(index + 1)..<end]
        index = end + 1
      case UInt8(ascii: "\""): index = try quoted(word, from: index + 1, depth, into: &result)
      case UInt8(ascii: "$"): index = try dollar(word, at: index, depth, into: &result)
      case escape:
        if index + 1 < word.count { result.append(word[index + 1]) }
        index += 2
      default:
        result.append(octet)
        index += 1
      }
      guard result.count <= BuildFileLimits.word else {
        throw error("a word has more than \(BuildFileLimits.word) octets with its variables")
      }
    }
    guard stop == nil else { throw error("a variable has no closing brace") }
    return (result, index)
  }

  private mutating func quoted(
    _ word: [UInt8], from start: Int, _ depth: Int, into result: inout [UInt8]
  ) throws(BuildFileError) -> Int {
    var index = start
    while index < word.count {
      switch word[index] {
      case UInt8(ascii: "\""): return index + 1
      case UInt8(ascii: "$"): index = try dollar(word, at: index, depth, into: &result)
      case escape where index + 1 < word.count:
        let next = word[index + 1]
        let isEscaped = next == escape || next == UInt8(ascii: "\"") || next == UInt8(ascii: "$")
        result.append(isEscaped ? next : escape)
        index += isEscaped ? 2 : 1
      default:
        result.append(word[index])
        index += 1
      }
    }
    throw error("a quote \" does not end")
  }

  private mutating func dollar(
    _ word: [UInt8], at start: Int, _ depth: Int, into result: inout [UInt8]
  ) throws(BuildFileError) -> Int {
    let isBraced = start + 1 < word.count && word[start + 1] == UInt8(ascii: "{")
    let begin = start + (isBraced ? 2 : 1)
    let end = VariableName.end(in: word, at: begin)
    let name = String(decoding: word[begin..<end], as: UTF8.self)
    guard isBraced else {
      if name.isEmpty { result.append(word[start]) } else { result += value(of: name) }
      return end
    }
    guard !name.isEmpty, end < word.count else { throw error("a variable in braces has no name, or no end") }
    guard word[end] != UInt8(ascii: "}") else {
      result += value(of: name)
      return end + 1
    }
    return try form(word, of: name, at: end, depth, into: &result)
  }

  /// `${name-word}` and the like, from behind the name.
  private mutating func form(
    _ word: [UInt8], of name: String, at start: Int, _ depth: Int, into result: inout [UInt8]
  ) throws(BuildFileError) -> Int {
    let emptyIsUnset = word[start] == UInt8(ascii: ":")
    let sign = start + (emptyIsUnset ? 1 : 0)
    guard sign < word.count, "+-?".utf8.contains(word[sign]) else {
      throw error("a form of ${…} that is not read here: of these there are :- :+ :? - + ?")
    }
    let outer = unset
    let (other, end) = try run(word, from: sign + 1, until: UInt8(ascii: "}"), depth: depth + 1)
    let value = variables[name]
    let isSet = emptyIsUnset ? value?.isEmpty == false : value != nil
    let usesOther = word[sign] == UInt8(ascii: "-") ? !isSet : word[sign] == UInt8(ascii: "+") && isSet
    if !usesOther { unset = outer }
    switch word[sign] {
    case UInt8(ascii: "-"): result += isSet ? Array((value ?? "").utf8) : other
    case UInt8(ascii: "+"): result += isSet ? other : []
    default:
      guard isSet else {
        throw BuildFileError(line: line, "variable \(name) has no value", String(decoding: other, as: UTF8.self))
      }
      result += Array((value ?? "").utf8)
    }
    return end
  }

  private mutating func value(of name: String) -> [UInt8] {
    guard let value = variables[name] else {
      unset.append(name)
      return []
    }
    if value.isEmpty { unset.append(name) }
    return Array(value.utf8)
  }

  private func error(_ problem: String) -> BuildFileError { BuildFileError(line: line, problem) }
}
