internal import Stores
internal import TrustModel

/// Writes the administrator layer, one file at a time, each either wholly old or wholly new.
///
/// A new file is made beside `root.d` and `prefix.d`, where no reader looks for keys, synced, and then given its
/// place; modes are fixed whatever the umask (CONTRACT, "Places").
struct TrustWriter {
  let sysroot: Sysroot

  /// Names of files in the making; left over only by a crash.
  static let temporaryPrefix = ".keyreeve-"

  /// Brings the file of `edit` from its state before to its state after.
  ///
  /// - Throws: `ChangeError.changedSincePlan` where the file is not in its state before.
  func apply(_ edit: FileEdit, id: Int) throws(ChangeError) {
    guard try state(of: edit.location) == edit.before else { throw .changedSincePlan(file: edit.file) }
    let top = try open(Layer.administrator.directory)
    let directory = try open(edit.location.directory)
    let name = edit.location.fingerprint.description
    switch edit.after {
    case .absent: try directory.remove(name)
    case .present(let octets):
      let temporary = Self.temporaryPrefix + "\(id)-" + name
      try top.remove(temporary)
      try top.create(temporary, octets, mode: 0o644)
      do throws(ChangeError) {
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
  func state(of location: KeyLocation) throws(ChangeError) -> FileState {
    do {
      return try KeyLayers(sysroot: sysroot).contents(at: location).map(FileState.present) ?? .absent
    } catch {
      throw ChangeError(error)
    }
  }

  /// Removes what an interrupted write has left.
  func removeLeftovers() throws(ChangeError) {
    let isThere = (try? KeyLayers(sysroot: sysroot).exists(.administrator)) ?? false
    if isThere { try open(Layer.administrator.directory).removeLeftovers(prefix: Self.temporaryPrefix) }
  }

  private func open(_ absolute: String) throws(ChangeError) -> WritableDirectory {
    try WritableDirectory.open(named: sysroot.path).descend(absolute.split(separator: "/").map(String.init))
  }
}
