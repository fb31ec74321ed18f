public import TrustModel

/// A batch file of `gpg --batch --gen-key`, as rkt's guide has it, checked line by line before gpg sees anything of it.
///
/// A passphrase in it never becomes a string, and goes to gpg by a descriptor. Source: GnuPG manual, "Unattended key
/// generation".
public struct KeyBatchFile: Sendable {
  /// One key of the file.
  public struct Order: Sendable {
    /// What gpg is told.
    public var parameters = KeyParameters()
    /// The passphrase that the file holds.
    public var passphrase: SecretOctets?

    /// An order of nothing yet.
    public init() {}
  }

  /// The keys, in their order.
  public private(set) var orders: [Order] = []
  /// Texts that the file wants to be said (`%echo`).
  public private(set) var echoes: [String] = []
  /// What a person should know.
  public private(set) var warnings: [String] = []

  private var isOpen = false
  private var isDryRun = false
  private var keyring: String?
  private var current: Order?

  static let parameters = [
    "Key-Type", "Key-Length", "Key-Curve", "Key-Grip", "Key-Usage", "Subkey-Type", "Subkey-Length", "Subkey-Curve",
    "Subkey-Usage", "Name-Real", "Name-Comment", "Name-Email", "Expire-Date", "Creation-Date", "Preferences", "Revoker",
    "Keyserver", "Handle",
  ]

  /// Reads a file.
  ///
  /// - Throws: `PublishingProblem` with the number of the line and the rule.
  public init(_ file: SecretOctets) throws(PublishingProblem) {
    guard file.count <= PublishingLimits.batchFile else {
      throw PublishingProblem(.usage, "the batch file is larger than \(PublishingLimits.batchFile) octets")
    }
    var (start, number) = (0, 0)
    while start < file.count {
      number += 1
      let end = file[start...].firstIndex(of: UInt8(ascii: "\n")) ?? file.count
      var line = start..<end
      while let first = line.first, Self.isBlank(file[first]) { line = first + 1..<line.upperBound }
      while let last = line.last, Self.isBlank(file[last]) { line = line.lowerBound..<last }
      if !line.isEmpty, file[line.lowerBound] != UInt8(ascii: "#") { try take(file, line, number) }
      start = end + 1
    }
    try commit(number)
    guard !orders.isEmpty else { throw PublishingProblem(.usage, "the batch file orders no key: it has no Key-Type") }
  }

  private static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0d }

  private mutating func take(_ file: SecretOctets, _ line: Range<Int>, _ number: Int) throws(PublishingProblem) {
    let passphrase = Array("passphrase:".utf8)
    let start = line.prefix(passphrase.count).map { file[$0] | 0x20 }
    // The colon has that bit already.
    if start == passphrase { return try takePassphrase(file, line.dropFirst(passphrase.count), number) }
    let text = String(decoding: line.map { file[$0] }, as: UTF8.self)
    guard !VisibleText(text).hadHiddenCharacters else { throw Self.refusal(number, "it has hidden characters") }
    text.hasPrefix("%") ? try control(text, number) : try parameter(text, number)
  }

  private mutating func takePassphrase(
    _ file: SecretOctets, _ line: Range<Int>, _ number: Int
  ) throws(PublishingProblem) {
    guard current != nil else { throw Self.refusal(number, "Key-Type comes first") }
    var line = line
    while let first = line.first, Self.isBlank(file[first]) { line = first + 1..<line.upperBound }
    guard !line.isEmpty, line.count <= PublishingLimits.passphrase else {
      throw Self.refusal(
        number, "a passphrase has from 1 to \(PublishingLimits.passphrase) octets; for none: %no-protection")
    }
    current?.passphrase = SecretOctets(file[line])
    warnings.append(
      "line \(number) holds the passphrase: whoever reads the file has it; leave the line out and use --passphrase-fd or the agent"
    )
  }

  private mutating func parameter(_ text: String, _ number: Int) throws(PublishingProblem) {
    guard let colon = text.firstIndex(of: ":") else {
      throw Self.refusal(number, "it is neither %COMMAND nor NAME: VALUE")
    }
    let word = text[..<colon].lowercased()
    let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
    guard let name = Self.parameters.first(where: { $0.lowercased() == word }) else {
      throw Self.refusal(number, "gpg has no parameter '\(VisibleText(String(text[..<colon]), limit: 60))'")
    }
    guard !value.isEmpty else { throw Self.refusal(number, "\(name) has no value") }
    if name == "Key-Type" {
      try commit(number)
      current = Order()
    }
    guard current != nil else { throw Self.refusal(number, "Key-Type comes first") }
    guard current?.parameters[name] == nil else { throw Self.refusal(number, "\(name) is given twice") }
    try KeyParameterRules.check(name, String(value)) { Self.refusal(number, $0) }
    current?.parameters.pairs.append((name, String(value)))
  }

  private mutating func control(_ text: String, _ number: Int) throws(PublishingProblem) {
    let words = text.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" })
    let rest = words.count > 1 ? String(words[1]) : ""
    switch words.first?.lowercased() {
    case "%echo": echoes.append(rest)
    case "%dry-run": isDryRun = true
    case "%commit": try commit(number)
    case "%no-protection": isOpen = true
    case "%ask-passphrase", "%no-ask-passphrase":
      warnings.append("line \(number): gpg 2 asks by its agent whatever \(words[0]) says")
    case "%secring": warnings.append("line \(number): gpg 2 keeps secret keys in its home; %secring has no effect")
    case "%pubring":
      guard !rest.isEmpty else { throw Self.refusal(number, "%pubring names no file") }
      keyring = rest
      // gpg puts the key that is being described into the file that is named last before it is made.
      current?.parameters.keyring = rest
    case "%transient-key": throw Self.refusal(number, "%transient-key makes keys for tests, from weak random numbers")
    default: throw Self.refusal(number, "gpg has no command '\(VisibleText(text, limit: 60))'")
    }
  }

  /// Ends the description of a key.
  private mutating func commit(_ number: Int) throws(PublishingProblem) {
    guard var order = current else { return }
    current = nil
    guard order.parameters["Name-Real"] ?? order.parameters["Name-Email"] != nil else {
      throw Self.refusal(number, "the key before it has neither Name-Real nor Name-Email")
    }
    guard orders.count < PublishingLimits.batchKeys else {
      throw Self.refusal(number, "it orders more than \(PublishingLimits.batchKeys) keys")
    }
    (order.parameters.isOpen, order.parameters.isDryRun) = (isOpen, isDryRun)
    order.parameters.keyring = keyring
    warnings += order.parameters.remarks
    orders.append(order)
  }

  private static func refusal(_ line: Int, _ why: String) -> PublishingProblem {
    PublishingProblem(.usage, "line \(line) of the batch file is refused: \(why)")
  }
}
