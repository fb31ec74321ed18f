/// Building documents in Swift: `["schema": "keyreeve.verdict/1", "accepted": false, "keys": .array(rows)]`.
extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  /// An object with these members in this order; their names must differ.
  public init(dictionaryLiteral elements: (JSONString, JSON)...) {
    self = .object(elements.map { Member($0, $1) })
  }

  /// An array of these elements.
  public init(arrayLiteral elements: JSON...) {
    self = .array(elements)
  }

  /// A string.
  public init(stringLiteral value: String) {
    self = .string(JSONString(value))
  }

  /// A number.
  public init(integerLiteral value: Int64) {
    self = .number(value)
  }

  /// True or false.
  public init(booleanLiteral value: Bool) {
    self = .bool(value)
  }

  /// A string from any text; null from none.
  public init(_ text: String?) {
    self = text.map { .string(JSONString($0)) } ?? .null
  }

  /// A number from an integer of any type; null from none.
  ///
  /// An integer beyond ±(2^53-1), which not every reader would hold, becomes a string of its digits.
  public init(_ value: (some BinaryInteger)?) {
    guard let value else {
      self = .null
      return
    }
    let exact = Int64(exactly: value).flatMap { $0.magnitude <= JSONLimits.integerLimit.magnitude ? $0 : nil }
    self = exact.map { .number($0) } ?? .string(JSONString(String(value)))
  }

  /// An array of strings.
  public init(_ texts: [String]) {
    self = .array(texts.map { .string(JSONString($0)) })
  }
}
