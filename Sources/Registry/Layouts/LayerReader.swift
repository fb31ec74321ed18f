internal import Archives
public import TrustModel

/// A layer's archive, handed on while the octets of its blob come, and compared with both of its digests: the one that the
/// manifest gives the blob, and the one that the configuration gives the archive; for one thread at a time.
///
/// Source: OCI image specification 1.1, "Layer DiffID"; reference/security.md, rows.
public final class LayerReader {
  private let layer: BlobDescriptor
  private let uncompressed: ManifestDigest
  private let inflater: LayerInflater
  private var (packed, unpacked) = (BlobDigest(), BlobDigest())
  /// What is wrong with the compressed data or the archive: said only where the octets are those of the blob, which counts
  /// first.
  private var failure: (any Error)?
  /// Why who takes the archive takes no more.
  private var refusal: (any Error)?

  /// A reader of a layer that the configuration says has this digest without compression.
  public init(_ layer: BlobDescriptor, uncompressed: ManifestDigest) {
    (self.layer, self.uncompressed) = (layer, uncompressed)
    inflater = LayerInflater(limit: RegistryLimits.expanded(layer.size), memory: RegistryLimits.inflaterMemory)
  }

  /// Takes the next octets of the blob, and hands on those of the archive.
  ///
  /// - Throws: what `body` throws, at once; where that is an archive that breaks a rule, at the end.
  public func take(_ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    unsafe packed.take(piece)
    guard failure == nil else { return }
    do throws(ArchiveError) {
      try unsafe inflater.feed(piece) { unsafe hand($0, to: body) }
    } catch {
      fail(error)
    }
    if let refusal { throw refusal }
  }

  /// Nothing more comes.
  ///
  /// - Throws: what `body` throws; `RegistryError`: `tampered` where the octets are not those of the blob, else `malformed`
  ///   where the archive is not what the configuration says or grows beyond its limit.
  public func finish(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let found = try packed.finished()
    guard packed.count == layer.size, found == layer.digest else {
      throw RegistryError(
        .tampered, "\(layer.digest) has become \(packed.count) octets of the digest \(found)")
    }
    do throws(ArchiveError) {
      if failure == nil { try unsafe inflater.finish { unsafe hand($0, to: body) } }
    } catch {
      fail(error)
    }
    if let refusal { throw refusal }
    if let failure { throw failure }
    let plain = try unpacked.finished()
    guard plain == uncompressed else {
      throw RegistryError(
        .malformed,
        "layer \(layer.digest) becomes \(plain) without compression, and the image's configuration says"
          + " \(uncompressed)")
    }
  }

  private func hand(_ octets: UnsafeRawBufferPointer, to body: (UnsafeRawBufferPointer) throws -> Void) {
    guard refusal == nil, failure == nil else { return }
    unsafe unpacked.take(octets)
    do {
      try unsafe body(octets)
    } catch let error as ArchiveError where error.isMalformed {
      failure = error
    } catch {
      refusal = error
    }
  }

  private func fail(_ error: ArchiveError) {
    failure = failure ?? RegistryError(error.isMalformed ? .malformed : .failed, "layer \(layer.digest): \(error)")
  }
}
