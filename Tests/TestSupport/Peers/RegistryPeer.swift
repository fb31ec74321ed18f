/// A real docker-registry on this machine with TLS, for everybody or only for those who show what it wants.
public final class RegistryPeer {
  /// What it wants to see.
  public enum Guard {
    /// Nothing.
    case nothing
    /// The name `alice` and the password `alice password`.
    case password
    /// A token of a token server.
    case token(TokenAuthority)
  }

  /// Where it listens.
  public let port: Int
  private let folder: TemporaryDirectory
  private var service: PeerService?
  private let tokens: TokenAuthority?

  /// `alice:alice password` in base 64, as docker's configuration has it.
  public static let login = "YWxpY2U6YWxpY2UgcGFzc3dvcmQ="

  /// Starts one without repositories.
  public init(_ guarded: Guard = .nothing) throws {
    port = try FreePort.find()
    folder = try TemporaryDirectory(prefix: "kr-registry")
    var access = ""
    switch guarded {
    case .nothing: tokens = nil
    case .password:
      tokens = nil
      let line = "alice:$2b$04$1.X/uM9Ns618EWxIrEkiS.Vtl3MluvwETFC31gBkZik4qW0oEHY..\n"
      let file = try folder.write("htpasswd", Array(line.utf8))
      access = "auth: {htpasswd: {realm: tests, path: \(file)}}"
    case .token(let authority):
      tokens = authority
      access = "auth: {token: \(try authority.registrySetting)}"
    }
    let configuration = """
      version: 0.1
      log: {level: error}
      storage: {filesystem: {rootdirectory: \(folder.path)/data}, delete: {enabled: true}}
      http:
        addr: "127.0.0.1:\(port)"
        secret: tests
        tls: {certificate: \(try SiteCertificate.good.file), key: \(try SiteCertificate.good.keyFile)}
      \(access)

      """
    let file = try folder.write("registry.yml", Array(configuration.utf8))
    service = try PeerService(
      ["docker-registry", "serve", file], environment: ["OTEL_TRACES_EXPORTER": "none", "PATH": "/usr/bin:/bin"])
    try FreePort.waitUntilOpen(port)
  }

  deinit { service = nil }

  /// What the names of its repositories begin with.
  public var name: String { "localhost:\(port)" }

  /// Overwrites a blob where the registry keeps it, as an attacker on its disk could.
  public func damage(_ digest: String, _ octets: [UInt8]) throws {
    let hex = digest.dropFirst("sha256:".count)
    try folder.write("data/docker/registry/v2/blobs/sha256/\(hex.prefix(2))/\(hex)/data", octets)
  }
}
