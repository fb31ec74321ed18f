internal import Stores

/// How much a backup may hold: beyond that it is neither made nor read.
///
/// The defaults are far above what a machine holds. Source: reference/security.md, section 3.10.
public struct BackupLimits: Sendable, Equatable {
  /// Files: 10,000.
  public var files = 10_000
  /// Octets of one file: 16 MiB, the metadata of a repository with about 170,000 tags.
  public var fileOctets = Store.fileLimit
  /// Octets of all files together: 256 MiB.
  public var totalOctets = 256 << 20
  /// Octets of the manifest: 16 MiB.
  public var manifestOctets = 16 << 20
  /// Octets of the names of host and program, each: 255.
  public var nameOctets = 255

  /// The defaults.
  public init() {}

  /// Octets of the whole archive: files and manifest, and at most three blocks around each.
  var archiveOctets: Int { totalOctets + manifestOctets + (files + 1) * 8 * 512 + 1024 }
}
