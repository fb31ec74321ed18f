internal import Archives
internal import TrustModel

/// A whole backup: its manifest, and what the files in it hold.
///
/// One uncompressed tar archive: `manifest.json`, then each file as `STORE/PATH` in the manifest's order, so that it can
/// be unpacked by hand where need be. Reading compares it octet by octet with what `forEachPiece` makes, so that not one
/// bit can differ, whatever a reader of tar would pass over.
public struct BackupArchive: Sendable, Equatable {
  /// What it says of itself.
  public let manifest: BackupManifest
  /// What the files hold, in the manifest's order.
  public let contents: [[UInt8]]

  /// The name of the manifest in the archive.
  static let manifestName = "manifest.json"

  init(manifest: BackupManifest, contents: [[UInt8]]) {
    (self.manifest, self.contents) = (manifest, contents)
  }

  /// The files with what they hold.
  public var files: some Sequence<(file: BackupManifest.File, octets: [UInt8])> {
    zip(manifest.files, contents).lazy.map { (file: $0, octets: $1) }
  }

  /// Hands the octets of the archive over in order; the memory is valid only during the call.
  ///
  /// - Parameter output: returns false to end it.
  /// - Returns: whether all of them went out.
  public func forEachPiece(_ output: @escaping (UnsafeRawBufferPointer) -> Bool) -> Bool {
    var writer = unsafe TarWriter(modified: manifest.created.seconds) { (piece) throws(ArchiveError) in
      guard unsafe output(piece) else { throw .engine("the output takes no more") }
    }
    do throws(ArchiveError) {
      let head = manifest.encoded
      try writer.add(Self.entry(Self.manifestName, size: head.count, mode: 0o600), body: head)
      for (file, octets) in files {
        try writer.add(Self.entry(file.entryPath, size: file.size, mode: file.mode), body: octets)
      }
      try writer.finish()
      return true
    } catch {
      return false
    }
  }

  private static func entry(_ path: String, size: Int, mode: UInt32) -> TarEntry {
    TarEntry(.file, path: Array(path.utf8), size: UInt64(size), mode: UInt64(mode))
  }
}
