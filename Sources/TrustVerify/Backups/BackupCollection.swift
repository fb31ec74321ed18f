public import Stores
public import TrustModel

/// What a backup of a machine holds, collected and not yet written anywhere.
public struct BackupCollection: Sendable {
  /// The backup.
  public let archive: BackupArchive
  /// What is left out, with the reason.
  public let omissions: [StoreListing.Omission]
  /// What is kept in another form, a sentence each.
  public let notes: [String]

  /// Reads every file of the stores of a machine.
  ///
  /// - Parameters:
  ///   - program: the program's name and version.
  ///   - host: the name of this machine.
  /// - Throws: `BackupError` where something cannot be read, or is more than a backup may hold, or a private key cannot be in one.
  public init(
    _ machine: MachineStores, program: String, host: String, at now: Timestamp, limits: BackupLimits = BackupLimits()
  ) throws(BackupError) {
    var omissions: [StoreListing.Omission] = []
    var notes: [String] = []
    var directories: [Store: String] = [:]
    var order = BackupOrder(limits: limits)
    var files: [BackupManifest.File] = []
    var contents: [[UInt8]] = []
    for store in Store.allCases where machine.has(store) {
      guard let directory = machine.directory(of: store) else { throw .noContentTrustDirectory }
      directories[store] = directory
      let listing = try Self.listing(of: store, on: machine)
      omissions += listing.omissions
      for listed in listing.files {
        guard let octets = try Self.contents(of: listed, on: machine, &notes) else { continue }
        let file = BackupManifest.File(
          store: store, path: listed.place.path, mode: listed.isLinkedMask ? 0o644 : listed.status.mode & 0o777,
          size: octets.count, digest: Journal.digest(of: octets))
        do throws(BackupError) {
          try order.take(file)
        } catch .path(let problem) {
          omissions.append(
            .init(file: listed.place.file, problem: problem, mayBeKey: listed.place.isPrivateKey))
          continue
        }
        files.append(file)
        contents.append(octets)
      }
    }
    let keys = omissions.filter(\.mayBeKey)
    guard keys.isEmpty else { throw .incomplete(keys) }
    (self.omissions, self.notes) = (omissions, notes)
    archive = BackupArchive(
      manifest: BackupManifest(
        program: Self.cut(program, limits), created: now, host: Self.cut(host, limits), directories: directories,
        files: files), contents: contents)
  }

  private static func listing(of store: Store, on machine: MachineStores) throws(BackupError) -> StoreListing {
    do throws(StoreError) {
      return try machine.list(store)
    } catch {
      throw .store(error)
    }
  }

  /// What a file holds; nil where it is gone since it was listed.
  private static func contents(
    of file: StoreListing.File, on machine: MachineStores, _ notes: inout [String]
  ) throws(BackupError) -> [UInt8]? {
    guard !file.isLinkedMask else {
      notes.append("\(file.place.file) is a link to /dev/null, and is kept as the empty file that it stands for")
      return []
    }
    do throws(StoreError) {
      return try file.place.contents(under: machine.sysroot)?.contents
    } catch {
      throw .store(error)
    }
  }

  private static func cut(_ name: String, _ limits: BackupLimits) -> String {
    let visible = VisibleText(name, limit: limits.nameOctets / 4).description
    return visible.utf8.count <= limits.nameOctets ? visible : ""
  }
}
