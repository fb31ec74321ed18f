internal import Stores
internal import TrustModel

/// The rules about the files of a backup as they stand to each other, and their limits.
///
/// In one order, so that none is there twice; none that another system would take for the same (row B-02); none below
/// another file.
struct BackupOrder {
  private let limits: BackupLimits
  private var last: BackupManifest.File?
  private var twins: Set<String> = []
  private var names: Set<String> = []
  private var total = 0
  private var count = 0

  init(limits: BackupLimits) {
    self.limits = limits
  }

  /// Accepts the next file.
  mutating func take(_ file: BackupManifest.File) throws(BackupError) {
    if let last {
      guard Self.precedes(last, file) else {
        throw .damaged("'\(file.entryPath)' is in it twice, or not in its place")
      }
    }
    last = file
    try count(file)
    // Swift compares strings by what they look like: twins of normalization are found as well.
    guard twins.insert(file.store.rawValue + "/" + file.path.twinKey).inserted else {
      throw .path("'\(file.entryPath)' differs only in case from another file")
    }
    let parents = file.path.parents.map { file.store.rawValue + "/" + $0 }
    guard parents.allSatisfy({ !names.contains($0) }) else {
      throw .path("'\(file.entryPath)' lies below another file")
    }
    names.insert(file.entryPath)
  }

  private mutating func count(_ file: BackupManifest.File) throws(BackupError) {
    guard file.size <= limits.fileOctets else {
      throw .limit("'\(file.entryPath)' has \(file.size) octets; a backup may hold \(limits.fileOctets) of one file")
    }
    count += 1
    guard count <= limits.files else { throw .limit("there are more than \(limits.files) files to be kept") }
    total += file.size
    guard total <= limits.totalOctets else {
      throw .limit("the files have more than \(limits.totalOctets) octets together, the most that a backup may hold")
    }
  }

  /// The order of files in a backup.
  static func precedes(_ left: BackupManifest.File, _ right: BackupManifest.File) -> Bool {
    if left.store != right.store { return position(left.store) < position(right.store) }
    return left.path < right.path
  }

  private static func position(_ store: Store) -> Int { Store.allCases.firstIndex(of: store) ?? 0 }
}
