public import Registry
public import TrustModel

/// A container image that is to be fetched, with what was found out about it before.
public struct WantedContainer: Sendable {
  /// What was asked for, with its tag or digest.
  public var reference: DockerReference
  /// The digest that counts; nil takes what the registry says, which only verification switched off allows.
  public var digest: ManifestDigest?
  /// Octets of the manifest or index, as they are signed; nil where nobody said so.
  public var size: UInt64?
  /// For which platform; nil for that of this machine, and then a single image for another one is taken with a note.
  public var platform: ImagePlatform?
  /// Whether nobody vouches for it.
  public var isUnverified = false
  /// The verdict that it is taken under.
  public var verdict: Verdict

  /// A wish.
  public init(_ reference: DockerReference, digest: ManifestDigest?, size: UInt64?, verdict: Verdict) {
    (self.reference, self.digest, self.size, self.verdict) = (reference, digest, size, verdict)
  }
}

/// A container image that the store now holds.
public struct FetchedContainer: Sendable {
  /// What the store knows of it.
  public let record: ContainerRecord
  /// Whether the store held the very same before.
  public let wasStored: Bool
  /// Octets of blobs that were fetched; 0 where all of them were there.
  public let fetched: UInt64
  /// Things to know, a sentence each.
  public let notes: [String]
}
