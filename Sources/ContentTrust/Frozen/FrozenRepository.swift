internal import SignedMetadata
internal import StrictJSON
public import TrustModel

/// What the lock file of a freeze says of one repository.
public struct FrozenRepository: Sendable, Equatable {
  /// A file of its metadata.
  public struct File: Sendable, Hashable {
    /// Its address below the repository's metadata: `1.root.json`, `targets/releases.json`.
    public let address: String
    /// SHA-256 in hexadecimal digits.
    public let sha256: String
    /// In octets.
    public let length: Int64

    /// A file.
    public init(_ address: String, _ octets: [UInt8]) {
      (self.address, sha256, length) = (address, Digest.text(octets), Int64(octets.count))
    }
  }

  /// A tag, and who signs it.
  public struct Tag: Sendable, Equatable {
    /// The tag.
    public let name: String
    /// `sha256:` and 64 hexadecimal digits.
    public let digest: String
    /// In octets.
    public let length: Int64
    /// The role that signs it.
    public let role: String
    /// Whether docker's rule takes it.
    public let counts: Bool
    /// The identifiers of the keys that count for the role.
    public let keys: [String]
  }

  /// The repository.
  public let repository: Repository
  /// The moment as of which it was judged, and is judged for ever.
  public let judged: Timestamp
  /// Where it was read.
  public let source: String?
  /// On what grounds its root was trusted then, in one word.
  public let anchor: String
  /// When the first of its documents expires, or has expired.
  public let expires: Timestamp
  /// The version of the root that everything begins with.
  public let firstRoot: Int64
  /// The identifiers of the keys that sign the last root.
  public let rootKeys: [String]
  /// Its files, in the order of their addresses.
  public let files: [File]
  /// Its tags.
  public let tags: [Tag]

  /// What is locked of a reading, with these files.
  public init(_ reading: RepositoryReading, from source: MetadataSource?, firstRoot: Int64, files: [File]) {
    (repository, judged, self.source) = (reading.repository, reading.trusted.now, source?.base)
    (anchor, expires, self.firstRoot) = (reading.grounds.word, reading.earliestExpiry, firstRoot)
    rootKeys = reading.trusted.root.keys(of: .root).keys.map(\.id.description)
    self.files = files.sorted { $0.address.utf8.lexicographicallyPrecedes($1.address.utf8) }
    tags = Self.tags(reading)
  }

  static func tags(_ reading: RepositoryReading) -> [Tag] {
    let keys = Dictionary(
      reading.roles.map { ($0.name.description, reading.keys(of: $0).keys.map(\.id.description)) }
    ) { first, _ in first }
    return SignedTag.all(in: reading).map {
      Tag(
        name: $0.name, digest: $0.digest, length: $0.length, role: $0.role, counts: $0.counts, keys: keys[$0.role] ?? []
      )
    }
  }
}
