/// The variables that `FROM` knows: those of the platforms, and what `ARG` declares before the first stage.
struct GlobalVariables {
  private(set) var values: [String: String] = [:]
  private let arguments: [String: String]
  private let escape: UInt8
  private var count = 0

  init(_ settings: BuildSettings, escape: UInt8, lastStage: String?) {
    (arguments, self.escape) = (settings.arguments, escape)
    let machine = BuildPlatform.machine
    let platforms = machine.variables("BUILD") + (settings.platform ?? machine).variables("TARGET")
    for (name, value) in platforms + [("TARGETSTAGE", settings.target ?? lastStage ?? "default")] {
      values[name] = arguments[name] ?? value
    }
  }

  /// Takes the declarations of an `ARG`; a value that was given with the build stands before the one in the file.
  ///
  /// - Throws: `BuildFileError`.
  mutating func declare(_ instruction: Instruction) throws(BuildFileError) {
    let words = DeclarationWords(instruction.rest.octets, escape: escape).words
    guard !words.isEmpty else { throw BuildFileError(line: instruction.line, "ARG declares nothing") }
    for word in words {
      count += 1
      guard count <= BuildFileLimits.variables else {
        throw BuildFileError(line: instruction.line, "more than \(BuildFileLimits.variables) variables")
      }
      let equals = word.firstIndex(of: UInt8(ascii: "="))
      let name = String(decoding: word[..<(equals ?? word.count)], as: UTF8.self)
      guard !name.isEmpty else {
        throw BuildFileError(line: instruction.line, "ARG declares a variable without a name")
      }
      if let given = arguments[name] {
        values[name] = given
      } else if let equals {
        var expansion = expansion(line: instruction.line)
        values[name] = try expansion.expand(Array(word[(equals + 1)...]))
      }
    }
  }

  func expansion(line: Int) -> WordExpansion { WordExpansion(values, escape: escape, line: line) }
}

/// Words with quotes and escapes left in them, as BuildKit's `parseWords` makes them.
struct DeclarationWords {
  private(set) var words: [[UInt8]] = []

  init(_ octets: [UInt8], escape: UInt8) {
    var (word, quote, index) = ([UInt8](), UInt8?.none, 0)
    while index < octets.count {
      let octet = octets[index]
      if quote == nil, let length = WhiteSpace.length(in: octets, at: index) {
        if !word.isEmpty { words.append(word) }
        word = []
        index += length
        continue
      }
      if octet == escape, quote != UInt8(ascii: "'") {
        word += octets[index..<min(index + 2, octets.count)]
        index += 2
        continue
      }
      if octet == quote {
        quote = nil
      } else if quote == nil, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(octet) {
        quote = octet
      }
      word.append(octet)
      index += 1
    }
    if !word.isEmpty { words.append(word) }
  }
}
