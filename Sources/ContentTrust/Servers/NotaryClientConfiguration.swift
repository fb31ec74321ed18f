public import Fetch
internal import Glibc
public import Stores
internal import StrictJSON

/// What notary's own `config.json` says of its server and of its folder.
///
/// `skipTLSVerify` is passed over: a server is never spoken to without. Source: reference/docker-content-trust.md,
/// sections 1 and 4.
public struct NotaryClientConfiguration: Sendable {
  /// The folder of keys and metadata, absolute, without the sysroot.
  public let trustFolder: String
  /// The address of the server, where one is named.
  public let server: String?

  private let folder: ForeignFolder
  private let authorities: String?
  private let certificate: String?
  private let key: String?

  /// Octets of the file.
  public static let limit = 1 << 20
  static let file = "config.json"

  /// Reads the file in the folder `.notary` of a home directory; nil where there is none.
  ///
  /// - Throws: `CertificateError` where it cannot be read, or is not as notary reads it.
  public init?(home: String, sysroot: Sysroot) throws(CertificateError) {
    folder = ForeignFolder(sysroot: sysroot, path: home + "/.notary")
    guard let octets = try Self.read(folder) else { return nil }
    let place = folder.located(Self.file)
    guard
      let document = try? JSON.parse(octets, limits: JSONLimits(octets: Self.limit, depth: 32, numbers: .anyNumber)),
      document.members != nil
    else { throw .malformed(place, "is no JSON object") }
    func text(_ value: JSON?, _ name: String) throws(CertificateError) -> String? {
      guard let value, value != .null else { return nil }
      guard let text = value.string?.text, !text.utf8.contains(0) else { throw .malformed(place, "\(name) is no text") }
      return text.isEmpty ? nil : text
    }
    let remote = document["remote_server"]
    server = try text(remote?["url"], "remote_server.url")
    authorities = try text(remote?["root_ca"], "remote_server.root_ca")
    certificate = try text(remote?["tls_client_cert"], "remote_server.tls_client_cert")
    key = try text(remote?["tls_client_key"], "remote_server.tls_client_key")
    guard (certificate == nil) == (key == nil) else {
      throw .incomplete(place, "tls_client_cert and tls_client_key must both be there, or neither")
    }
    let named = try text(document["trust_dir"], "trust_dir") ?? folder.path
    let isHome = named == "~" || named.hasPrefix("~/")
    trustFolder = isHome ? home + named.dropFirst() : Self.path(named, below: folder.path)
  }

  /// How a server is reached; nil where it is not the one that is named, or nothing is said of it.
  public func settings(for server: NotaryServer) -> HostSettings? {
    guard let named = self.server.flatMap({ try? NotaryServer($0) }), named.address.hasOrigin(of: server.address),
      authorities != nil || certificate != nil, var host = try? HostSettings(authority: server.address.authority)
    else { return nil }
    host.caBundle = authorities.map(setting)
    host.clientCertificate = certificate.map(setting)
    host.clientKey = key.map(setting)
    return host
  }

  /// A file that it names: a relative one lies beside it.
  private func setting(_ path: String) -> SettingFile {
    SettingFile(path: folder.sysroot.located(Self.path(path, below: folder.path)), origin: folder.located(Self.file))
  }

  private static func path(_ path: String, below folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }

  private static func read(_ folder: ForeignFolder) throws(CertificateError) -> [UInt8]? {
    do throws(StoreError) {
      return try folder.contents(of: file, limit: limit)
    } catch {
      throw .store(error)
    }
  }
}
