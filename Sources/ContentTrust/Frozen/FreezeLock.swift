internal import StrictJSON
public import TrustModel

/// The lock file of a freeze, `keyreeve.lock`: every tag with its digest, by whose keys, and the digests of all metadata that prove it.
public struct FreezeLock: Sendable, Equatable {
  /// When it was made.
  public let frozen: Timestamp
  /// The repositories, by name.
  public let repositories: [FrozenRepository]
  private static let schema: JSONString = "keyreeve.freeze/1"

  /// The name of the file.
  public static let fileName = "keyreeve.lock"
  /// Octets of the file.
  public static let octetLimit = 256 << 20
  /// The most repositories in one freeze.
  public static let repositoryLimit = 10_000

  /// A lock over repositories.
  public init(_ repositories: [FrozenRepository], at frozen: Timestamp) {
    self.frozen = frozen
    self.repositories = repositories.sorted { $0.repository < $1.repository }
  }

  /// The file.
  public var octets: [UInt8] {
    let document: JSON = [
      "schema": .string(Self.schema), "frozen": JSON(frozen.description),
      "repositories": .array(repositories.map(\.document)),
    ]
    return document.encoded(pretty: true) + [UInt8(ascii: "\n")]
  }

  /// Reads the file; nil where it is not as it is written here.
  public init?(_ octets: [UInt8]) {
    guard let tree = try? JSON.parse(octets, limits: JSONLimits(octets: Self.octetLimit)),
      tree["schema"]?.string == Self.schema,
      let frozen = tree["frozen"]?.string.flatMap({ Timestamp(rfc3339: $0.text) }),
      let rows = tree["repositories"]?.array, rows.count <= Self.repositoryLimit
    else { return nil }
    repositories = rows.compactMap { FrozenRepository($0) }
    guard repositories.count == rows.count else { return nil }
    self.frozen = frozen
  }
}
