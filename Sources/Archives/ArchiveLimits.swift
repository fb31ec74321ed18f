/// What reading one image may cost; whatever goes beyond is refused as malformed.
///
/// The defaults are far above what real images need. Source: issue "The house", section 2, and reference/security.md,
/// rows.
public struct ArchiveLimits: Sendable, Equatable {
  /// Octets of the manifest: 1 MiB.
  public var manifest = 1 << 20
  /// Entries, and directories that are named only as the beginning of a path: 1,000,000, of about 35 octets of memory.
  public var entries = 1_000_000
  /// Octets of the uncompressed archive: 16 GiB.
  public var uncompressed: UInt64 = 16 << 30
  /// How many times larger than the file the uncompressed archive may be: 1000.
  public var expansionRatio: UInt64 = 1000
  /// Octets of uncompressed archive that are allowed whatever the ratio, for small images of little but zeros: 16 MiB.
  public var expansionFloor: UInt64 = 16 << 20
  /// Octets of a path or of the target of a link: 4096, as in Linux.
  public var path = 4096
  /// Octets of one extended header (POSIX pax), which may carry extended attributes: 1 MiB.
  public var extendedHeader = 1 << 20
  /// Octets of memory for xz: 66 MiB, the 64 MiB window of `xz -9` and what surrounds it.
  public var xzMemory: UInt64 = 66 << 20
  /// How many entries one remark names, of those it counts: 20.
  public var remarkExamples = 20

  /// The defaults.
  public init() {}

  /// Octets of uncompressed archive that a file of this size may expand to.
  func expansion(of fileSize: UInt64) -> UInt64 {
    let (scaled, overflow) = fileSize.multipliedReportingOverflow(by: expansionRatio)
    return min(uncompressed, max(expansionFloor, overflow ? .max : scaled))
  }
}
