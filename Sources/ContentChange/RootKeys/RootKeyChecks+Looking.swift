internal import ContentTrust
internal import Glibc
internal import SignedMetadata
internal import Stores
public import TrustModel

extension RootKeyChecks {
  /// The least room that a key and its folders need, in octets.
  static let leastRoom: UInt64 = 1 << 20
  /// No clock is right that is before this program was written: 2026-01-01.
  static let earliest = Timestamp(seconds: 1_767_225_600)
  /// Metadata of content trust is not made for as long as that: 2100-01-01.
  static let latest = Timestamp(seconds: 4_102_444_800)

  /// Looks at the clock, and at the folder that the key is to lie in.
  public init(_ folder: SigningKeyFolder, at now: Timestamp) {
    let trust = folder.folder
    let survey = try? SigningKeySurvey(trust)
    let here = (survey?.keys ?? []).filter { $0.role == "root" || $0.uses.contains { $0.role == .root } }
    existing = Set(here.compactMap(\.id)).sorted()
    absent = Set((survey?.missing ?? []).filter { $0.use.role == .root && $0.isOwnRepository }.map(\.use.fileID))
      .sorted()
    rows = [
      Self.clock(now, program: Self.programTime),
      Self.room(at: Self.nearest(trust.sysroot.located(trust.path))),
      Self.folder(folder),
      survey == nil
        ? Check("keys", .bad, "the private keys that are here cannot be read") : Self.keys(existing, absent),
    ]
  }

  /// A clock that is wrong gives certificates and metadata that nobody takes.
  static func clock(_ now: Timestamp, program: Timestamp?) -> Check {
    // What is older than the program that shows it is surely behind; a day is left for zones and copies.
    let floor = max(earliest, (program ?? earliest).advanced(by: -86_400))
    guard now >= floor, now < latest else {
      return Check("clock", .bad, "the clock of this machine is wrong: it says \(now)")
    }
    return Check("clock", .good, "\(now)")
  }

  /// When this program was written to its disk.
  private static var programTime: Timestamp? {
    var status = stat()
    guard unsafe stat("/proc/self/exe", &status) == 0 else { return nil }
    return Timestamp(seconds: Int64(status.st_mtim.tv_sec))
  }

  /// The path, or the nearest one above it that is there.
  private static func nearest(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, unsafe access(path, F_OK) != 0 {
      path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }
    return path.isEmpty ? "/" : path
  }

  static func room(at path: String) -> Check {
    var status = statvfs()
    guard unsafe statvfs(path, &status) == 0 else {
      return Check("room", .bad, "\(VisibleText(path)) cannot be looked at")
    }
    guard unsafe access(path, W_OK | X_OK) == 0 else {
      return Check("room", .bad, "\(VisibleText(path)) cannot be written by this user")
    }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    let words = "\(OctetCount.text(free)) free"
    return Check("room", free < leastRoom ? .bad : .good, words)
  }

  private static func folder(_ folder: SigningKeyFolder) -> Check {
    let path = VisibleText(folder.folder.path)
    do throws(KeyFolderError) {
      try folder.check()
    } catch {
      return Check("folder", .bad, "\(error)")
    }
    let found = try? folder.folder.keyFiles().folders.first?.status
    guard let status = found ?? nil else {
      return Check("folder", .good, "\(path)/private will be made, for this user alone")
    }
    let isClosed = status.mode & 0o077 == 0
    return Check(
      "folder", isClosed ? .good : .doubtful,
      "\(path)/private, mode \(status.octalMode)" + (isClosed ? ", for this user alone" : ": others can look into it"))
  }

  static func keys(_ existing: [KeyID], _ absent: [KeyID]) -> Check {
    if let id = existing.first {
      let more = existing.count > 1 ? " and \(existing.count - 1) more" : ""
      return Check("keys", .doubtful, "a root key is here: \(id)\(more); one serves for all of your repositories")
    }
    guard let id = absent.first else { return Check("keys", .good, "no root key is here yet") }
    return Check(
      "keys", .doubtful, "your repositories have root key \(id), which is not here: look for it in your backups first")
  }
}
