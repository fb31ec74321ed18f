public import TrustModel

/// How far a typed fingerprint agrees with a key's: all digits, or the last sixteen; shorter ids can be forged.
public struct FingerprintComparison {
  /// Whether the key is the one meant.
  public let isWhole: Bool
  /// Whether it is certainly another key.
  public let isWrong: Bool
  /// The comparison in words.
  public let words: String

  /// Compares; spaces, colons, capitals and a leading 0x do not count.
  public init(typed: String, with fingerprint: Fingerprint) {
    var digits = typed.lowercased().filter { $0 != " " && $0 != ":" }
    if digits.hasPrefix("0x") { digits.removeFirst(2) }
    let whole = fingerprint.description
    let tail = String(whole.suffix(16))
    isWhole = digits == whole || digits == tail
    let isShort = digits.count < 16 && !digits.isEmpty && whole.hasSuffix(digits)
    isWrong = !digits.isEmpty && !whole.hasPrefix(digits) && !tail.hasPrefix(digits) && !isShort
    if isWhole {
      words = "\(digits.count) of \(digits.count) digits are the same"
    } else if isShort, !tail.hasPrefix(digits) {
      words = "the last \(digits.count) digits are the same, but short ids can be forged: type the last 16"
    } else if isWrong {
      words = "DIFFERENT: this is another key"
    } else if digits.isEmpty {
      words = "nothing typed yet"
    } else {
      words = "\(digits.count) typed, all match so far"
    }
  }
}
