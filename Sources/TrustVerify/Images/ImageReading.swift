internal import Archives
internal import OpenPGP
public import TrustModel

/// An image file looked at by certificates that are at hand, whatever the machine trusts: what a publisher asks.
///
/// Only what one of them has signed well is opened as an archive.
public struct ImageReading: Sendable {
  /// What the archive came to.
  public enum Archive: Sendable {
    /// Not opened: no signature over it is good.
    case unopened
    /// A well-formed image.
    case read(ImageName, Labels, ImageID)
    /// It breaks the format: why.
    case malformed(String)
    /// It could not be read: why.
    case failed(String)
  }

  /// What became of each signature.
  public let reports: [SignatureReport]
  /// What the archive came to.
  public let archive: Archive
  /// SHA-512 of the file.
  public let digest: [UInt8]
  /// Octets of the file.
  public let size: Int64

  /// Reads a file once for its signatures, and once more for what is in it.
  public init(_ path: String, _ reading: SignatureReading) throws(ImageFile.Failure) {
    let image = try ImageFile(path)
    var digest = reading.digest
    try unsafe image.forEachChunk { unsafe digest.update($0) }
    reports = reading.reports(over: digest)
    (self.digest, size) = (digest.imageID ?? [], image.size)
    guard reports.contains(where: { $0.status == .good }), !reports.contains(where: { $0.status == .bad }) else {
      archive = .unopened
      return
    }
    let outcome = ArchiveOutcome(of: image, digest, ArchiveLimits())
    switch outcome {
    case _ where image.hasChanged: archive = .failed("it changed while it was read")
    case .read(let read, let id): archive = .read(read.manifest.name, read.manifest.labels, id)
    case .malformed(let why): archive = .malformed(why)
    case .failed(let why): archive = .failed(why)
    }
  }
}
