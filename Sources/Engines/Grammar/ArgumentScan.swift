internal import TrustModel

/// Reads the words of a command as the flag library of all three engines does.
///
/// Source: spf13/pflag, `FlagSet.parseArgs`.
struct ArgumentScan {
  private let table: OptionTable
  /// The command, for errors.
  private let command: String
  private var waiting: ArraySlice<String>
  private var items: [ArgumentItem] = []

  private init(_ table: OptionTable, _ command: String, _ words: [String]) {
    (self.table, self.command, waiting) = (table, command, words[...])
  }

  /// The parts of a command line.
  ///
  /// - Parameter isMixed: whether options may follow operands; else the first operand ends them.
  static func items(
    of words: [String], _ table: OptionTable, command: String, isMixed: Bool
  ) throws(CommandLineError) -> [ArgumentItem] {
    var scan = ArgumentScan(table, command, words)
    while let word = scan.waiting.popFirst() {
      if word == "--" {
        scan.add(.terminator, [word])
        scan.takeOperands(isMixed: isMixed)
      } else if word.utf8.first == UInt8(ascii: "-"), word.utf8.count > 1 {
        try word.utf8.starts(with: "--".utf8) ? scan.takeLong(word) : scan.takeShort(word)
      } else {
        scan.add(.operand, [word])
        if !isMixed { scan.takeRest() }
      }
    }
    return scan.items
  }

  private mutating func add(_ kind: ArgumentItem.Kind, _ words: [String]) {
    items.append(ArgumentItem(kind: kind, words: words))
  }

  private mutating func takeOperands(isMixed: Bool) {
    while let word = waiting.popFirst() {
      add(.operand, [word])
      if !isMixed { takeRest() }
    }
  }

  private mutating func takeRest() {
    guard !waiting.isEmpty else { return }
    add(.rest, Array(waiting))
    waiting = []
  }

  private mutating func takeLong(_ word: String) throws(CommandLineError) {
    let octets = Array(word.utf8)
    guard let equals = octets.firstIndex(of: UInt8(ascii: "=")) else {
      guard let option = table[word] else { throw .unknownOption(word, command: command) }
      guard option.takesValue else { return addUse(option, word, nil, isApart: false, [word]) }
      guard let value = waiting.popFirst() else { throw .noValue(word, command: command) }
      return addUse(option, word, value, isApart: true, [word, value])
    }
    // The length of what stands in one word needs no table.
    let form = String(decoding: octets[..<equals], as: UTF8.self)
    let option = table[form] ?? OptionTable.Option(name: form, takesValue: true)
    addUse(option, form, String(decoding: octets[(equals + 1)...], as: UTF8.self), isApart: false, [word])
  }

  private mutating func addUse(
    _ option: OptionTable.Option, _ form: String, _ value: String?, isApart: Bool, _ words: [String]
  ) {
    add(.options([.init(name: option.name, form: form, value: value, isApart: isApart)]), words)
  }

  /// `-it`, `-p80`, `-p=80`, `-p 80`: flags share a word, and the first that takes a value has the rest of it, or the next word.
  private mutating func takeShort(_ word: String) throws(CommandLineError) {
    let letters = Array(word.utf8.dropFirst())
    var (uses, words): ([ArgumentItem.OptionUse], [String]) = ([], [word])
    for (place, letter) in letters.enumerated() {
      let form = "-" + String(decoding: [letter], as: UTF8.self)
      guard let option = table[form] else {
        throw .unknownOption(letters.count == 1 ? word : "\(form) in \(word)", command: command)
      }
      let behind = letters[(place + 1)...]
      if behind.first == UInt8(ascii: "=") {
        let value = String(decoding: behind.dropFirst(), as: UTF8.self)
        uses.append(.init(name: option.name, form: form, value: value, isApart: false))
        break
      }
      guard option.takesValue else {
        uses.append(.init(name: option.name, form: form, value: nil, isApart: false))
        continue
      }
      if behind.isEmpty {
        guard let value = waiting.popFirst() else { throw .noValue(form, command: command) }
        words.append(value)
        uses.append(.init(name: option.name, form: form, value: value, isApart: true))
      } else {
        uses.append(
          .init(name: option.name, form: form, value: String(decoding: behind, as: UTF8.self), isApart: false))
      }
      break
    }
    add(.options(uses), words)
  }
}
