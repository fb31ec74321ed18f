internal import Glibc

/// Whether a user without root's rights may make a user namespace, which running an image then needs.
enum UserNamespaces {
  private static let switches = [
    ("/proc/sys/user/max_user_namespaces", "0", "user.max_user_namespaces"),
    ("/proc/sys/kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone"),
    ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "kernel.apparmor_restrict_unprivileged_userns"),
  ]

  /// Why not, in one sentence; nil where nothing speaks against it.
  static var problem: String? {
    for (file, forbidding, name) in switches where firstWord(file) == forbidding {
      return "without root's rights an image runs in a user namespace, and this machine allows none (\(name) is"
        + " \(forbidding)): run it as root"
    }
    return nil
  }

  private static func firstWord(_ path: String) -> String? {
    guard let file = unsafe fopen(path, "re") else { return nil }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 64)
    guard unsafe fgets(&line, CInt(line.count), file) != nil else { return nil }
    return String(decoding: line.prefix { $0 > 0x20 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
