internal import Glibc

/// Images of the process in files, which would hold passphrases that the cryptography works on.
enum CoreDumps {
  /// From now on the system writes none; what cannot be set stays as it is.
  ///
  /// Source: reference/security.md, row S-06.
  static func prevent() {
    let resource = __rlimit_resource_t(RLIMIT_CORE.rawValue)
    var limits = rlimit()
    guard unsafe getrlimit(resource, &limits) == 0 else { return }
    // The upper limit stays, which nobody could raise again: programs that are started may want theirs.
    limits.rlim_cur = 0
    unsafe setrlimit(resource, &limits)
  }
}
