/// A name, or the leading whole components of names, that keys can be trusted for.
public struct Prefix: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The prefix, as it was given.
  public let description: String

  /// Reads a prefix.
  ///
  /// - Throws: `NameError` with the position of the first octet that breaks the grammar of appc identifiers.
  public init(_ text: String) throws(NameError) {
    try AppcIdentifier.check(text, kind: "prefix")
    description = text
  }

  /// The leading components of a name that has passed the grammar: cutting at a `/` cannot break it.
  init(leading components: Substring) {
    description = String(components)
  }

  /// The path components, at least one: the directories below `prefix.d`.
  public var components: [Substring] { description.split(separator: "/") }

  /// Whether keys of this prefix may vouch for `name`: whole components are compared, never parts of one.
  public func covers(_ name: ImageName) -> Bool {
    Self.leads(description, name.description)
  }

  /// Whether every name that `other` covers is covered by this prefix too.
  public func covers(_ other: Prefix) -> Bool {
    Self.leads(description, other.description)
  }

  private static func leads(_ short: String, _ long: String) -> Bool {
    var rest = long.utf8[...]
    for octet in short.utf8 {
      guard rest.first == octet else { return false }
      rest.removeFirst()
    }
    return rest.isEmpty || rest.first == UInt8(ascii: "/")
  }

  /// Orders by octets.
  public static func < (left: Prefix, right: Prefix) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}
