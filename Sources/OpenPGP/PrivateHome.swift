internal import Glibc
internal import TrustModel

/// A throw-away home for gpg with the keys of one question in it, removed at the end.
///
/// Its name carries the process's id, and its owner holds a lock on it: what a process that was killed left behind is
/// removed by the next one. Source of the configuration: reference/security.md, section 5.
struct PrivateHome: ~Copyable {
  /// What the home is for.
  enum Purpose {
    /// Listing keys with their validity. Here a SHA-1 self-signature is not refused: it is a remark.
    case listing
    /// Verifying data signatures, with weak hashes refused everywhere.
    case verifying
  }

  /// Absolute.
  let path: String
  private let lock: CInt

  private init(path: String, lock: CInt) { (self.path, self.lock) = (path, lock) }

  deinit {
    Self.remove(path)
    close(lock)
  }

  /// Makes a home with `keyring` (binary certificates, one after the other) in which it is `now`.
  static func make(
    _ purpose: Purpose, keyring: [UInt8], at now: Timestamp, in directory: String?
  ) throws(EngineError) -> PrivateHome {
    guard (0...0xffff_ffff).contains(now.seconds) else { throw .unusableTime(now) }
    var reason = "none to put it in"
    for base in bases(directory) {
      guard let home = open(in: base) else {
        reason = base + ": " + EngineError.systemText()
        continue
      }
      let configuration = Self.configuration(purpose, home: home.path, at: now)
      for (name, octets) in [("keyring", keyring), ("gpg.conf", Array(configuration.utf8)), ("common.conf", [])] {
        guard write(octets, to: home.path + "/" + name) else {
          throw .noHome(home.path + ": " + EngineError.systemText())
        }
      }
      return home
    }
    throw .noHome(reason)
  }

  private static func bases(_ directory: String?) -> [String] {
    if let directory { return [directory] }
    func variable(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }
    return [variable("XDG_RUNTIME_DIR"), "/run/user/\(geteuid())", variable("TMPDIR"), "/tmp"].compactMap(\.self).filter
    {
      // A line end in the path would be a line of its own in gpg.conf.
      $0.hasPrefix("/") && !$0.utf8.contains { $0 < 0x20 }
    }
  }

  private static let prefix = "keyreeve-gpg."

  private static func open(in base: String) -> PrivateHome? {
    removeLeftovers(in: base)
    var template = Array("\(base)/\(prefix)\(getpid()).XXXXXX".utf8CString)
    let isMade = unsafe template.withUnsafeMutableBufferPointer { name in
      unsafe name.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
    }
    guard isMade else { return nil }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let lock = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    flock(lock, LOCK_EX | LOCK_NB)
    return PrivateHome(path: path, lock: lock)
  }

  private static func configuration(_ purpose: Purpose, home: String, at now: Timestamp) -> String {
    var lines = [
      "no-default-keyring", "keyring \(home)/keyring", "lock-never", "no-autostart", "disable-dirmngr",
      "no-auto-key-retrieve", "no-auto-check-trustdb", "no-random-seed-file", "faked-system-time \(now.seconds)!",
    ]
    switch purpose {
    // With "always" gpg dies over a revoked or expired key in a fresh home.
    case .listing: lines += ["trust-model direct"]
    case .verifying: lines += ["trust-model always"] + ["SHA1", "RIPEMD160", "SHA224"].map { "weak-digest \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func write(_ octets: [UInt8], to path: String) -> Bool {
    let file = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    var rest = octets[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }

  /// Homes of processes that are gone, by name and by lock: a process id alone says little across containers.
  private static func removeLeftovers(in base: String) {
    for name in names(in: base) where name.hasPrefix(prefix) {
      let process = name.dropFirst(prefix.utf8.count).prefix { $0 != "." }
      guard let id = pid_t(process), id > 0, kill(id, 0) != 0, errno == ESRCH else { continue }
      let path = base + "/" + name
      let held = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      guard held >= 0 else { continue }
      defer { close(held) }
      var status = stat()
      guard unsafe fstat(held, &status) == 0, status.st_uid == geteuid() else { continue }
      if flock(held, LOCK_EX | LOCK_NB) == 0 { remove(path) }
    }
  }

  /// Removes a home: gpg makes files in it, and directories only where an agent runs, which it never does.
  private static func remove(_ path: String) {
    for name in names(in: path) {
      let inner = path + "/" + name
      if unsafe unlink(inner) != 0 { unsafe rmdir(inner) }
    }
    unsafe rmdir(path)
  }

  private static func names(in directory: String) -> [String] {
    guard let stream = unsafe opendir(directory) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Engine.text($0) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
