internal import Stores

extension BackupCollection {
  /// The private keys of content trust that it holds: their number in it, and what their files hold.
  public var privateKeys: [(number: Int, file: BackupManifest.File, octets: [UInt8])] {
    archive.files.enumerated().compactMap { number, entry in
      let directory = archive.manifest.directories[entry.file.store] ?? ""
      guard StorePlace(entry.file.store, in: directory, entry.file.path)?.isPrivateKey == true else { return nil }
      return (number, entry.file, entry.octets)
    }
  }

  /// The same with other contents for some files: keys that are sealed in the backup alone.
  ///
  /// - Parameter sealed: contents by the numbers of `privateKeys`.
  public func replacing(_ sealed: [Int: [UInt8]]) -> BackupCollection {
    var files = archive.manifest.files
    var contents = archive.contents
    for (number, octets) in sealed where files.indices.contains(number) {
      let file = files[number]
      files[number] = BackupManifest.File(
        store: file.store, path: file.path, mode: file.mode, size: octets.count, digest: Journal.digest(of: octets))
      contents[number] = octets
    }
    let manifest = archive.manifest
    return BackupCollection(
      archive: BackupArchive(
        manifest: BackupManifest(
          program: manifest.program, created: manifest.created, host: manifest.host, directories: manifest.directories,
          files: files), contents: contents), omissions: omissions, notes: notes)
  }

  private init(archive: BackupArchive, omissions: [StoreListing.Omission], notes: [String]) {
    self.archive = archive
    self.omissions = omissions
    self.notes = notes
  }
}
