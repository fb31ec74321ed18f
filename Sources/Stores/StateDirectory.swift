internal import Glibc

/// Where Keyreeve keeps its own state: the change log and what it needs to take changes back.
///
/// Source: CONTRACT, "Places": `/var/lib/keyreeve` for root, `$XDG_DATA_HOME/keyreeve` for others, under the sysroot.
public struct StateDirectory: Hashable, Sendable {
  /// The machine.
  public let sysroot: Sysroot
  /// The directory, absolute, without the sysroot.
  public let place: String
  /// The directory, with the sysroot.
  public var path: String { sysroot.located(place) }

  /// The state directory of the user with number `user` under `sysroot`.
  ///
  /// `environment` answers for `XDG_DATA_HOME` and `HOME`; relative values are ignored, as the XDG base directory
  /// specification asks.
  public init(sysroot: Sysroot, user: UInt32, environment: (String) -> String?) {
    func absolute(_ name: String) -> String? {
      environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    self.sysroot = sysroot
    if user == 0 {
      place = "/var/lib/keyreeve"
    } else if let data = absolute("XDG_DATA_HOME") {
      place = data + "/keyreeve"
    } else {
      place = (absolute("HOME") ?? "/nonexistent") + "/.local/share/keyreeve"
    }
  }

  /// The directory of the change log, absolute, without the sysroot.
  public var journal: String { place + "/journal" }

  /// A file below the directory.
  ///
  /// No link is followed below a sysroot; on the machine itself the way to the directory may have links, since it is
  /// the administrator's or the user's own.
  ///
  /// - Throws: `StoreError` where it is missing, a link, not regular, larger than `limit` octets or unreadable.
  public func contents(of name: String, limit: Int) throws(StoreError) -> [UInt8] {
    let file = place + "/" + name
    guard let slash = file.lastIndex(of: "/") else { throw .missing(file) }
    let parent = String(file[..<slash])
    return try open(parent).read(String(file[file.index(after: slash)...]), limit: limit).contents
  }

  /// The names in a directory below it, in byte order; none where it is not there.
  public func names(in name: String) throws(StoreError) -> [String] {
    do throws(StoreError) {
      return try open(place + "/" + name).names()
    } catch .missing {
      return []
    }
  }

  /// Opens a directory of this user's own state by its absolute path without the sysroot.
  func open(_ directory: String) throws(StoreError) -> Directory {
    try sysroot.isMachine ? Directory.open(named: directory) : sysroot.open(directory)
  }
}
