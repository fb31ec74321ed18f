public import Fetch
public import Stores
internal import TrustModel

/// Where the metadata of a repository is read: a Notary server, or whatever serves the same files over https, or a folder.
public enum MetadataSource: Sendable, Hashable, CustomStringConvertible {
  /// A server.
  case server(NotaryServer)
  /// A folder of this machine.
  case folder(RepositoryFolder)

  /// How the address of a folder begins.
  static let folderScheme = "file://"
  /// Octets of the path of a folder.
  static let pathLimit = 4_096

  /// The source at an address: `https://HOST`, or `file:///DIR` for a folder below `sysroot`.
  ///
  /// - Throws: `AddressError` for anything else.
  public init(_ text: String, on sysroot: Sysroot = .machine) throws(AddressError) {
    guard text.utf8.starts(with: Self.folderScheme.utf8) else {
      self = .server(try NotaryServer(text))
      return
    }
    var path = try Self.path(text)
    if !sysroot.isMachine, path.hasPrefix(sysroot.path + "/") { path = String(path.dropFirst(sysroot.path.count)) }
    self = .folder(RepositoryFolder(sysroot: sysroot, path: path))
  }

  /// Source: RFC 8089.
  private static func path(_ text: String) throws(AddressError) -> String {
    let rest = text.utf8.dropFirst(folderScheme.utf8.count)
    guard rest.first == UInt8(ascii: "/") else {
      throw .malformed(text, "a folder is written file:///DIR, with three slashes")
    }
    guard !rest.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else {
      throw .malformed(text, "? and # must be percent-encoded")
    }
    guard let octets = decoded(rest), let path = String(validating: octets, as: UTF8.self) else {
      throw .malformed(text, "a % without two hexadecimal digits, or no UTF-8")
    }
    guard octets.count <= pathLimit else { throw .tooLong(limit: pathLimit) }
    let parts = path.split(separator: "/")
    guard !parts.isEmpty, parts.allSatisfy({ $0 != "." && $0 != ".." && !$0.utf8.contains(0) }) else {
      throw .malformed(text, "no part of the path may be . or .., and it must name a folder")
    }
    return "/" + parts.joined(separator: "/")
  }

  private static func decoded(_ text: Substring.UTF8View) -> [UInt8]? {
    var octets: [UInt8] = []
    var rest = text
    while let octet = rest.popFirst() {
      guard octet == UInt8(ascii: "%") else {
        octets.append(octet)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
      octets.append(high << 4 | low)
    }
    return octets
  }

  private static func digit(_ octet: UInt8) -> UInt8? {
    Character(Unicode.Scalar(octet)).hexDigitValue.map { UInt8($0) }
  }

  /// The address; of a folder, as it is found from here.
  public var base: String {
    switch self {
    case .server(let server): server.base
    case .folder(let folder): folder.address
    }
  }

  /// The server; nil for a folder.
  public var server: NotaryServer? {
    if case .server(let server) = self { server } else { nil }
  }

  /// The address.
  public var description: String { base }
}

extension RepositoryFolder {
  /// Its address, as it is found from here.
  public var address: String {
    let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/+@:,=".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    let octets = place.utf8.flatMap { octet in
      allowed.contains(octet) ? [octet] : [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
    }
    return MetadataSource.folderScheme + String(decoding: octets, as: UTF8.self)
  }
}
