/// Why a document was refused, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The rule that the document breaks.
  public enum Kind: Sendable, Equatable {
    /// Not JSON; the associated text says what had to stand here.
    case syntax(expected: String)
    /// More after the end of the value.
    case trailingText
    /// The document ends within a value.
    case unexpectedEnd
    /// The same name twice in one object, compared after unescaping.
    case duplicateName(JSONString)
    /// A name that holds U+0000.
    case zeroInName
    /// Octets that are not UTF-8, or a byte order mark, or another encoding.
    case encoding
    /// A control character that is not escaped.
    case controlCharacter(UInt8)
    /// Half of a surrogate pair.
    case loneSurrogate
    /// A number with a fraction or an exponent, or minus zero, where only integers may stand.
    case notAnInteger
    /// An integer beyond ±(2^53-1), where only exact integers may stand.
    case integerTooLarge
    /// Nested deeper than the limit.
    case tooDeep(limit: Int)
    /// Longer than the limit, in octets.
    case tooLong(limit: Int)
  }

  /// The broken rule.
  public let kind: Kind
  /// Offset of the offending octet, from 0.
  public let offset: Int

  /// An error at an offset.
  public init(_ kind: Kind, at offset: Int) {
    (self.kind, self.offset) = (kind, offset)
  }

  /// One sentence without anything that a terminal would act on.
  public var description: String { "JSON is refused at octet \(offset + 1): \(explanation)" }

  private var explanation: String {
    switch kind {
    case .syntax(let expected): "\(expected) must stand here"
    case .trailingText: "more text after the end of the document"
    case .unexpectedEnd: "the document ends too early"
    case .duplicateName(let name): "the name \(Self.shown(name)) stands twice in one object"
    case .zeroInName: "a name holds the character U+0000"
    case .encoding: "this is not UTF-8 without a byte order mark"
    case .controlCharacter(let octet): "the control character \(octet) is not escaped"
    case .loneSurrogate: "half of a surrogate pair"
    case .notAnInteger: "only whole numbers without fraction or exponent may stand here"
    case .integerTooLarge: "the number is beyond 2^53-1, which not every reader holds exactly"
    case .tooDeep(let limit): "nested more than \(limit) deep"
    case .tooLong(let limit): "longer than \(limit) octets"
    }
  }

  /// The name as a JSON string, cut after 80 characters.
  private static func shown(_ name: JSONString) -> String {
    let cut = name.text.unicodeScalars.prefix(80)
    let whole = cut.endIndex == name.text.unicodeScalars.endIndex
    return String(decoding: JSON.string(JSONString(String(cut))).encoded(), as: UTF8.self) + (whole ? "" : "…")
  }
}
