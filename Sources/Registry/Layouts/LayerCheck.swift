internal import Archives
internal import Crypto
public import TrustModel

/// The digest of a layer without compression, told while its octets come; for one thread at a time.
public final class LayerCheck {
  private let inflater: LayerInflater
  private let expected: ManifestDigest
  private var hash = SHA256()

  /// A check of a layer of so many octets against what the configuration says of it.
  public init(_ expected: ManifestDigest, compressed size: UInt64) {
    let (scaled, overflow) = size.multipliedReportingOverflow(by: RegistryLimits.expansionRatio)
    let ratio = max(RegistryLimits.expansionFloor, overflow ? .max : scaled)
    inflater = LayerInflater(
      limit: min(RegistryLimits.layerOctets, ratio), memory: RegistryLimits.inflaterMemory)
    self.expected = expected
  }

  /// Takes the next octets.
  public func take(_ piece: UnsafeRawBufferPointer) throws(RegistryError) {
    try refusing { () throws(ArchiveError) in
      try unsafe inflater.feed(piece) { unsafe hash.update(bufferPointer: $0) }
    }
  }

  /// Nothing more comes.
  public func finish() throws(RegistryError) {
    try refusing { () throws(ArchiveError) in
      try unsafe inflater.finish { unsafe hash.update(bufferPointer: $0) }
    }
    let found = try ContainerDocument.digest(hash.finalize())
    guard found == expected else {
      throw .malformed("a layer becomes \(found) without compression, and the configuration says \(expected)")
    }
  }

  private func refusing(_ body: () throws(ArchiveError) -> Void) throws(RegistryError) {
    do throws(ArchiveError) {
      try body()
    } catch {
      throw RegistryError(error.isMalformed ? .malformed : .failed, "\(error)")
    }
  }
}
