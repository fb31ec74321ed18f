internal import DurableFiles
internal import Stores
internal import TrustModel

/// Writes the stores, one file at a time, each either wholly old or wholly new.
///
/// A new file is made at the top of its store's directory, where no reader looks for it, synced, and then given its
/// place; modes are fixed whatever the umask (CONTRACT, "Places"), and a private file has its own from the first octet.
struct TrustWriter {
  let sysroot: Sysroot

  /// Names of files in the making; left over only by a crash.
  static let temporaryPrefix = StorePath.temporaryPrefix

  /// Brings the file of `edit` from its state before to its state after.
  ///
  /// - Throws: `ChangeError.changedSincePlan` where the file is not in its state before.
  func apply(_ edit: FileEdit, id: Int) throws(ChangeError) {
    guard try state(of: edit.place) == edit.before else { throw .changedSincePlan(file: edit.file) }
    do throws(WriteError) {
      try write(edit, id: id)
    } catch .exists(let path) {
      // Somebody else has made the file meanwhile.
      throw .changedSincePlan(file: path)
    } catch {
      throw ChangeError(error)
    }
  }

  private func write(_ edit: FileEdit, id: Int) throws(WriteError) {
    let top = try open(edit.place)
    let directory = try top.descend(edit.place.path.components.dropLast(), mode: Self.directoryMode(edit.place))
    let name = edit.place.path.name
    switch edit.after {
    case .absent: try directory.remove(name)
    case .present(let octets):
      // With room for the longest name that a file may have.
      let temporary = Self.temporaryPrefix + "\(id)-" + String(name.unicodeScalars.prefix(50))
      try top.remove(temporary)
      try top.create(temporary, octets, mode: edit.isPrivate ? 0o600 : 0o644)
      do throws(WriteError) {
        if edit.before == .absent {
          try top.place(temporary, in: directory, as: name)
        } else {
          try top.move(temporary, to: directory, as: name)
        }
      } catch {
        try? top.remove(temporary)
        throw error
      }
      try top.sync()
    }
    try directory.sync()
  }

  /// What the file at a place holds now.
  func state(of place: StorePlace) throws(ChangeError) -> FileState {
    do {
      return try place.contents(under: sysroot).map { FileState.present($0.contents) } ?? .absent
    } catch {
      throw ChangeError(error)
    }
  }

  /// Removes what an interrupted write has left in the administrator layer, and in the stores of these places.
  func removeLeftovers(beside places: [StorePlace]) throws(ChangeError) {
    let isThere = (try? KeyLayers(sysroot: sysroot).exists(.administrator)) ?? false
    if isThere {
      try writing { () throws(WriteError) in try openKeys().removeLeftovers(prefix: Self.temporaryPrefix) }
    }
    var seen: Set<String> = []
    for place in places where place.key == nil && seen.insert(place.directory).inserted {
      guard place.hasDirectory(under: sysroot) else { continue }
      try writing { () throws(WriteError) in try open(place).removeLeftovers(prefix: Self.temporaryPrefix) }
    }
  }

  private static func directoryMode(_ place: StorePlace) -> UInt32 { place.isPrivate ? 0o700 : 0o755 }

  /// Opens the directory of a place's store, made where it is missing.
  ///
  /// The way to the user's own may have links on the machine itself; the administrator's may not.
  private func open(_ place: StorePlace) throws(WriteError) -> WritableDirectory {
    switch place.store {
    case .trustedKeys: try openKeys()
    case .contentTrust, .notaryTrust:
      try WritableDirectory.make(place.directory, below: sysroot.path, mode: Self.directoryMode(place))
    case .configuration: try descend(place.directory)
    }
  }

  private func openKeys() throws(WriteError) -> WritableDirectory { try descend(Layer.administrator.directory) }

  private func descend(_ absolute: String) throws(WriteError) -> WritableDirectory {
    try WritableDirectory.open(named: sysroot.path).descend(absolute.split(separator: "/").map(String.init))
  }
}
