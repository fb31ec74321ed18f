internal import Glibc

/// Where Keyreeve keeps its own state: the change log and what it needs to take changes back.
///
/// Source: CONTRACT, "Places": `/var/lib/keyreeve` for root, `$XDG_DATA_HOME/keyreeve` for others, under the sysroot.
public struct StateDirectory: Hashable, Sendable {
  /// The directory, with the sysroot.
  public let path: String

  /// The state directory of the user with number `user` under `sysroot`.
  ///
  /// `environment` answers for `XDG_DATA_HOME` and `HOME`; relative values are ignored, as the XDG base directory
  /// specification asks.
  public init(sysroot: Sysroot, user: UInt32, environment: (String) -> String?) {
    func absolute(_ name: String) -> String? {
      environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let place: String
    if user == 0 {
      place = "/var/lib/keyreeve"
    } else if let data = absolute("XDG_DATA_HOME") {
      place = data + "/keyreeve"
    } else {
      place = (absolute("HOME") ?? "/nonexistent") + "/.local/share/keyreeve"
    }
    path = sysroot.located(place)
  }

  /// The directory of the change log.
  public var journal: String { path + "/journal" }

  /// A file below the directory, read without following a link in its last component.
  ///
  /// - Throws: `StoreError` where it is missing, a link, not regular, larger than `limit` octets or unreadable.
  public func contents(of name: String, limit: Int) throws(StoreError) -> [UInt8] {
    let file = path + "/" + name
    guard let slash = file.lastIndex(of: "/") else { throw .missing(file) }
    let directory = try Directory.open(named: String(file[..<slash]))
    return try directory.read(String(file[file.index(after: slash)...]), limit: limit).contents
  }
}
