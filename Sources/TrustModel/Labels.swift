/// Image labels such as `version=0.0.1` or `os=linux`: unique names, each with a value, in the order given.
///
/// Names are appc identifiers other than `name`; values are text without control characters. Limits: 32 labels,
/// 255 octets a value. Source: appc image specification, "labels".
public struct Labels: Hashable, Sendable {
  /// The most labels that one image or reference may carry.
  public static let countLimit = 32
  /// The longest value, in octets.
  public static let valueLimit = 255

  /// Names and values in the order given.
  public private(set) var pairs: [Pair] = []

  /// One label.
  public struct Pair: Hashable, Sendable {
    /// The label's name.
    public let name: String
    /// The label's value.
    public let value: String
  }

  /// No labels.
  public init() {}

  /// Adds a label.
  ///
  /// - Throws: `NameError` for a name or value outside the grammar, a second label of that name, or one too many.
  public mutating func add(_ name: String, _ value: String) throws(NameError) {
    try AppcIdentifier.check(name, kind: "label name")
    func refuse(_ offset: Int, _ rule: NameError.Rule) -> NameError {
      NameError(kind: "label", text: name + "=" + value, offset: offset, rule: rule)
    }
    guard name != "name" else { throw refuse(0, .reserved(name)) }
    guard self[name] == nil else { throw refuse(0, .duplicate(name)) }
    guard !value.utf8.isEmpty else { throw refuse(name.utf8.count, .noValue(name)) }
    guard value.utf8.count <= Self.valueLimit else {
      throw refuse(name.utf8.count + 1, .tooLong(limit: Self.valueLimit))
    }
    if let offset = value.utf8.enumerated().first(where: { $0.element < 0x20 || $0.element == 0x7f }) {
      throw refuse(name.utf8.count + 1 + offset.offset, .character(offset.element))
    }
    guard pairs.count < Self.countLimit else { throw refuse(0, .tooMany(limit: Self.countLimit)) }
    pairs.append(Pair(name: name, value: value))
  }

  /// The value of the label called `name`, compared by octets.
  public subscript(name: String) -> String? {
    pairs.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }
}
