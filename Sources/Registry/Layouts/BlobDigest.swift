internal import Crypto
public import TrustModel

/// The digest of a blob, told while its octets come.
public struct BlobDigest: Sendable {
  private var hash = SHA256()
  /// Octets so far.
  public private(set) var count: UInt64 = 0

  /// Over nothing yet.
  public init() {}

  /// Takes the next octets.
  public mutating func take(_ piece: UnsafeRawBufferPointer) {
    unsafe hash.update(bufferPointer: piece)
    count += UInt64(piece.count)
  }

  /// The digest so far.
  public func finished() throws(RegistryError) -> ManifestDigest { try ContainerDocument.digest(hash.finalize()) }
}
