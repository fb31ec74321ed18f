public import Stores

/// The docker command that a Debian machine has, by its list of packages: nothing is started.
public enum InstalledDocker {
  /// Octets of the list.
  static let limit = 64 << 20
  /// From this version on `DOCKER_CONTENT_TRUST` is not read.
  ///
  /// Source: reference/docker-content-trust.md, section 0.
  public static let firstWithoutTrust = 29

  /// The version of the first package that has the command; nil where the list has none.
  public static func version(on sysroot: Sysroot) -> String? {
    guard let octets = try? NamedFile.contents(of: "/var/lib/dpkg/status", under: sysroot, limit: limit) else {
      return nil
    }
    return version(in: octets)
  }

  static func version(in octets: [UInt8]) -> String? {
    var isDocker = false
    for line in octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.starts(with: "Package: ".utf8) {
        let name = String(decoding: line.dropFirst(9), as: UTF8.self)
        isDocker = ["docker-ce-cli", "docker-cli", "docker.io"].contains(name)
      } else if isDocker, line.starts(with: "Version: ".utf8) {
        return String(decoding: line.dropFirst(9).prefix(100), as: UTF8.self)
      }
    }
    return nil
  }

  /// The first number of a package's version, without the epoch.
  public static func major(_ version: String) -> Int? {
    let upstream = version.split(separator: ":", maxSplits: 1).last ?? ""
    return Int(upstream.prefix { $0.isASCII && $0.isNumber })
  }
}
