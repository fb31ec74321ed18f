/// Why a name, prefix, label or reference was refused, and where.
public struct NameError: Error, Equatable, CustomStringConvertible {
  /// The rule that the text breaks.
  public enum Rule: Equatable, Sendable {
    /// Nothing was given where something must stand.
    case empty
    /// Longer than the limit, in octets.
    case tooLong(limit: Int)
    /// An octet that the grammar does not have, as it stands there.
    case character(UInt8)
    /// `//`, `..`, a separator at an end: two separators with nothing between them.
    case emptyPart
    /// The same label twice.
    case duplicate(String)
    /// A label without `=`.
    case noValue(String)
    /// A label name that has a meaning of its own.
    case reserved(String)
    /// More labels than the limit.
    case tooMany(limit: Int)
    /// A number that is none of these.
    case outOfRange(ClosedRange<Int>)
    /// Something else must stand there; in words.
    case form(String)
  }

  /// What kind of text was read: `image name`, `prefix`, `label name`.
  public let kind: String
  /// The text as it was given.
  public let text: String
  /// Offset of the offending octet, from 0.
  public let offset: Int
  /// The broken rule.
  public let rule: Rule

  /// An error for `text`, which was read as a `kind`.
  public init(kind: String, text: String, offset: Int, rule: Rule) {
    (self.kind, self.text, self.offset, self.rule) = (kind, text, offset, rule)
  }

  /// One sentence with the text made visible, the rule and the position (counted from 1).
  public var description: String {
    let shown = VisibleText(text, limit: 80).description
    return "\(kind) '\(shown)' is refused at position \(offset + 1): \(explanation)"
  }

  private var explanation: String {
    switch rule {
    case .empty: "it is empty"
    case .tooLong(let limit): "it is longer than \(limit) octets"
    case .character(let octet):
      (0x41...0x5a).contains(octet)
        ? "upper-case letters are not allowed"
        : "'\(VisibleText(octets: [octet]))' is not allowed here (a-z, 0-9, and - . _ ~ / between them)"
    case .emptyPart: "a separator must stand between letters or digits"
    case .duplicate(let label): "label '\(VisibleText(label))' is given twice"
    case .noValue(let label): "label '\(VisibleText(label))' has no value (label=value)"
    case .reserved(let label): "label '\(VisibleText(label))' has a meaning of its own"
    case .tooMany(let limit): "more than \(limit) labels"
    case .outOfRange(let range): "it is not a number from \(range.lowerBound) to \(range.upperBound)"
    case .form(let words): words
    }
  }
}
