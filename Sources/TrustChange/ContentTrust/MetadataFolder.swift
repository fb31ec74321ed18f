internal import ContentTrust
internal import DurableFiles
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel

/// Places documents of a repository in a folder of docker or notary: as received, 0600 in directories 0700, as notary makes them.
struct MetadataFolder {
  private let kept: KeptDocuments

  /// Names of documents in the making, which docker and notary do not look at.
  static let temporaryPrefix = StorePath.temporaryPrefix

  init(_ kept: KeptDocuments) {
    self.kept = kept
  }

  /// Places the documents in their order.
  ///
  /// All are written and synced before the first one gets its place, so that the time in which they do not fit together is short.
  func place(_ documents: [(role: RoleName, octets: [UInt8])]) throws(WriteError) {
    let newer = documents.filter { isNewer($0.octets, than: $0.role) }
    guard !newer.isEmpty else { return }
    let metadata = try open()
    try metadata.removeLeftovers(prefix: Self.temporaryPrefix)
    do throws(WriteError) {
      try place(newer, in: metadata)
    } catch {
      // On a full disk what was left would keep anything else from being written.
      try? metadata.removeLeftovers(prefix: Self.temporaryPrefix)
      throw error
    }
    try metadata.sync()
  }

  private func place(
    _ newer: [(role: RoleName, octets: [UInt8])], in metadata: borrowing WritableDirectory
  ) throws(WriteError) {
    for (index, document) in newer.enumerated() {
      try metadata.create("\(Self.temporaryPrefix)\(index)", document.octets, mode: 0o600)
    }
    for (index, document) in newer.enumerated() {
      guard let path = KeptDocuments.path(of: document.role), let name = path.last else { continue }
      let directory = try metadata.descend(path.dropLast(), mode: 0o700)
      try metadata.move("\(Self.temporaryPrefix)\(index)", to: directory, as: name)
      try directory.sync()
    }
  }

  private func open() throws(WriteError) -> WritableDirectory {
    let folder = kept.folder
    return try WritableDirectory.make(folder.path, below: folder.sysroot.path, mode: 0o700)
      .descend(["tuf"] + kept.repository.parts + ["metadata"], mode: 0o700)
  }

  /// Whether a document is to replace what is there: the file that the reading began with, or an older one.
  ///
  /// A lower version than the one that the reading began with is right after a rotation of keys; the same under the hands of another
  /// process is not.
  private func isNewer(_ octets: [UInt8], than role: RoleName) -> Bool {
    guard KeptDocuments.path(of: role) != nil else { return false }
    // One that cannot be read is no state that could be lost.
    guard let file = try? kept.file(role) else { return true }
    if kept.isUnchanged(role, file.status) { return true }
    guard let theirs = Self.version(file.contents) else { return true }
    return Self.version(octets) ?? 0 > theirs
  }

  private static func version(_ octets: [UInt8]) -> Int64? {
    let limits = JSONLimits(octets: TrustFolder.documentLimit)
    return (try? JSON.parse(octets, limits: limits))?["signed"]?["version"]?.integer
  }
}
