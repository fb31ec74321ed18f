internal import Archives
internal import TrustModel

/// Takes the entries of a backup as they come: the manifest, then exactly the files that it lists.
struct BackupContents: TarConsumer {
  private let limits: BackupLimits
  private var body: [UInt8] = []
  private(set) var manifest: BackupManifest?
  private(set) var contents: [[UInt8]] = []
  /// Why the backup is refused, where its rules and not those of tar say so.
  private(set) var refusal: BackupError?

  init(limits: BackupLimits) {
    self.limits = limits
  }

  mutating func admit(_ entry: TarEntry) throws(ArchiveError) -> Bool {
    guard let manifest else {
      guard entry.kind == .file, entry.path.elementsEqual(BackupArchive.manifestName.utf8) else {
        throw refuse(.notABackup("it does not begin with \(BackupArchive.manifestName)"))
      }
      guard entry.size <= UInt64(limits.manifestOctets) else {
        throw refuse(.limit("its manifest has \(entry.size) octets; \(limits.manifestOctets) are allowed"))
      }
      return true
    }
    let shown = "'\(VisibleText(octets: entry.path, limit: 200))'"
    guard contents.count < manifest.files.count else {
      throw refuse(.damaged("\(shown) is in it, which its manifest does not list"))
    }
    let file = manifest.files[contents.count]
    guard entry.kind == .file, entry.path.elementsEqual(file.entryPath.utf8) else {
      throw refuse(.damaged("\(shown) stands where '\(file.entryPath)' must be"))
    }
    guard entry.size == UInt64(file.size) else {
      throw refuse(.damaged("\(shown) has \(entry.size) octets instead of \(file.size)"))
    }
    return true
  }

  mutating func take(_ piece: UnsafeRawBufferPointer) {
    unsafe body.append(contentsOf: piece)
  }

  mutating func endBody() throws(ArchiveError) {
    defer { body = [] }
    guard let manifest else {
      do throws(BackupError) {
        self.manifest = try BackupManifest(body, limits: limits)
      } catch {
        throw refuse(error)
      }
      return
    }
    let file = manifest.files[contents.count]
    guard Journal.digest(of: body) == file.digest else {
      throw refuse(.damaged("'\(file.entryPath)' has another digest than its manifest names"))
    }
    contents.append(body)
  }

  mutating func finish() throws(ArchiveError) {
    guard let manifest else { throw refuse(.notABackup("it is empty")) }
    guard contents.count == manifest.files.count else {
      throw refuse(.damaged("'\(manifest.files[contents.count].entryPath)' is missing"))
    }
  }

  private mutating func refuse(_ error: BackupError) -> ArchiveError {
    refusal = error
    return .malformed(error.description)
  }
}
