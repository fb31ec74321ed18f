/// A repository of content trust by its globally unique name (GUN): `docker.io/library/alpine`.
///
/// Source: reference/docker-content-trust.md, section 4, "GUN".
public struct Repository: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The most octets of a name.
  public static let limit = 255

  /// The whole name.
  public let name: String
  /// The registry: the part before the first slash, with its port.
  public let registry: String

  /// Docker's own registry, which short names belong to.
  public static let dockerRegistry = "docker.io"

  /// Reads a name as docker writes it: `alpine` is `docker.io/library/alpine`, `team/app` is `docker.io/team/app`.
  ///
  /// - Throws: `NameError` for anything but parts of letters, digits, `.`, `_` and `-`, and a registry with an optional port.
  public init(_ text: some StringProtocol) throws(NameError) {
    let text = String(text)
    guard !text.isEmpty else { throw Self.error(text, 0, .empty) }
    guard text.utf8.count <= Self.limit else { throw Self.error(text, Self.limit, .tooLong(limit: Self.limit)) }
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let first = parts[0]
    if parts.count > 1, Self.isRegistry(first) {
      parts.removeFirst()
      registry = first == "index.docker.io" ? Self.dockerRegistry : first
    } else {
      registry = Self.dockerRegistry
    }
    if registry == Self.dockerRegistry, parts.count == 1 { parts.insert("library", at: 0) }
    name = ([registry] + parts).joined(separator: "/")
    try Self.check(text, registry: registry == first ? first : nil)
  }

  /// Whether docker takes a first part for a host: capitals, which no name of its own registry has, make it one as well.
  private static func isRegistry(_ part: String) -> Bool {
    part.contains(".") || part.contains(":") || part == "localhost" || part != part.lowercased()
  }

  /// Every part stands for itself in paths and addresses: none is empty, `.` or `..`.
  private static func check(_ text: String, registry: String?) throws(NameError) {
    var start = 0
    for (index, part) in text.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
      guard !part.isEmpty, part != ".", part != ".." else { throw error(text, start, .emptyPart) }
      let isRegistry = index == 0 && registry != nil
      for (offset, octet) in part.utf8.enumerated() where !isAllowed(octet, isRegistry: isRegistry) {
        throw error(text, start + offset, .character(octet))
      }
      start += part.utf8.count + 1
    }
  }

  private static func isAllowed(_ octet: UInt8, isRegistry: Bool) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): isRegistry
    default: false
    }
  }

  private static func error(_ text: String, _ offset: Int, _ rule: NameError.Rule) -> NameError {
    NameError(kind: "repository", text: text, offset: offset, rule: rule)
  }

  /// The parts of the name, the registry first: each is one folder of the cache.
  public var parts: [String] { name.split(separator: "/").map(String.init) }

  /// The whole name.
  public var description: String { name }

  /// Compares by octets.
  public static func == (left: Repository, right: Repository) -> Bool { left.name.utf8.elementsEqual(right.name.utf8) }

  /// Orders by octets.
  public static func < (left: Repository, right: Repository) -> Bool {
    left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }

  /// Hashes the octets.
  public func hash(into hasher: inout Hasher) { for octet in name.utf8 { hasher.combine(octet) } }
}
