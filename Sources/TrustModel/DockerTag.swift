/// A tag of a repository: letters, digits and `_`, and behind the first also `.` and `-`.
///
/// Source: docker's reference grammar, `tag`.
public struct DockerTag: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The most octets of a tag.
  public static let limit = 128
  /// What docker takes where no tag is named.
  public static let latest = DockerTag(unchecked: "latest")

  /// The tag.
  public let name: String

  /// Reads a tag.
  ///
  /// - Throws: `NameError` with the position.
  public init(_ text: some StringProtocol) throws(NameError) {
    guard !text.isEmpty else { throw Self.error(text, 0, .empty) }
    for (offset, octet) in text.utf8.enumerated() {
      guard offset < Self.limit else { throw Self.error(text, offset, .tooLong(limit: Self.limit)) }
      guard Self.isAllowed(octet, first: offset == 0) else {
        throw Self.error(text, offset, .form("a tag has letters, digits and _, and behind the first also . and -"))
      }
    }
    name = String(text)
  }

  private init(unchecked name: String) { self.name = name }

  private static func isAllowed(_ octet: UInt8, first: Bool) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    case UInt8(ascii: "."), UInt8(ascii: "-"): !first
    default: false
    }
  }

  private static func error(_ text: some StringProtocol, _ offset: Int, _ rule: NameError.Rule) -> NameError {
    NameError(kind: "tag", text: String(text), offset: offset, rule: rule)
  }

  /// The tag.
  public var description: String { name }

  /// Orders by octets.
  public static func < (left: DockerTag, right: DockerTag) -> Bool {
    left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }
}
