public import Fetch
internal import Stores
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

  /// What the document says, which was read from `folder` in a home directory.
  ///
  /// - Throws: `CertificateError` where it is not as notary reads it.
  init(_ document: JSON, home: String, in folder: ForeignFolder) throws(CertificateError) {
    self.folder = folder
    let place = folder.located(NotaryConfiguration.file)
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
    SettingFile(
      path: folder.sysroot.located(Self.path(path, below: folder.path)),
      origin: folder.located(NotaryConfiguration.file))
  }

  private static func path(_ path: String, below folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }
}
