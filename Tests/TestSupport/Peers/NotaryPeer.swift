/// A real notary-server on this machine, with the real `notary` command as its client.
///
/// Signs timestamps (and snapshots where it is asked to) with keys of its own, and is gone with its last owner. Keeps
/// its data in memory; in a database where it is given one, and its keys too, with a real notary-signer.
public final class NotaryPeer {
  /// Where it listens.
  public let port: Int
  private let folder: TemporaryDirectory
  /// The server, and behind it what it stands on.
  private var services: [PeerService] = []
  private let signerPort: Int
  /// Lives as long as the server, which names it.
  private let tokens: TokenAuthority?
  private let database: DatabasePeer?

  /// Passphrases for every role, as `notary` takes them.
  public static let passphrases = [
    "NOTARY_ROOT_PASSPHRASE": "root passphrase", "NOTARY_TARGETS_PASSPHRASE": "targets passphrase",
    "NOTARY_SNAPSHOT_PASSPHRASE": "snapshot passphrase", "NOTARY_DELEGATION_PASSPHRASE": "delegation passphrase",
  ]

  /// Something did not start, or a command failed.
  public enum Failure: Error {
    /// In its own words.
    case failed(String)
  }

  /// Variables that the `notary` command gets besides.
  public var environment: [String: String] = [:]

  /// Starts a server, for everybody or only for those with tokens of `tokens`.
  public init(tokens: TokenAuthority? = nil, database: DatabasePeer? = nil) throws {
    self.tokens = tokens
    self.database = database
    folder = try TemporaryDirectory(prefix: "kr-notary")
    port = try FreePort.find()
    signerPort = try FreePort.find()
    let configuration = """
      {"server":{"http_addr":"127.0.0.1:\(port)","tls_cert_file":"\(try SiteCertificate.good.file)",\
      "tls_key_file":"\(try SiteCertificate.good.keyFile)"},"trust_service":\(try trustService),\
      "logging":{"level":"error"},"storage":\(storage)\
      \(try tokens?.serverSetting ?? "")}
      """
    _ = try folder.write("server.json", Array(configuration.utf8))
    if database != nil { _ = try folder.write("signer.json", Array(try signerConfiguration.utf8)) }
    try start()
  }

  deinit { stop() }

  /// Ends the server.
  public func stop() {
    while !services.isEmpty { services.removeFirst() }
  }

  /// Starts it again where it was: with its data, or without any where it kept them in memory.
  public func start() throws {
    if database != nil {
      services = [
        try PeerService(
          ["notary-signer", "-config=\(folder.path)/signer.json"],
          environment: ["NOTARY_SIGNER_TESTS": "signer passphrase"])
      ]
      try FreePort.waitUntilOpen(signerPort)
    }
    services.insert(try PeerService(["notary-server", "-config=\(folder.path)/server.json"]), at: 0)
    try FreePort.waitUntilOpen(port)
  }

  private var storage: String {
    guard let database else { return #"{"backend":"memory"}"# }
    return #"{"backend":"postgres","db_url":"\#(database.address)","default_alias":"tests"}"#
  }

  private var trustService: String {
    get throws {
      guard database != nil else { return #"{"type":"local"}"# }
      return """
        {"type":"remote","hostname":"localhost","port":"\(signerPort)","key_algorithm":"ecdsa",\
        "tls_ca_file":"\(try SiteCertificate.authorities)","tls_client_cert":"\(try SiteCertificate.client.file)",\
        "tls_client_key":"\(try SiteCertificate.client.keyFile)"}
        """
    }
  }

  private var signerConfiguration: String {
    get throws {
      """
      {"server":{"grpc_addr":"127.0.0.1:\(signerPort)","tls_cert_file":"\(try SiteCertificate.good.file)",\
      "tls_key_file":"\(try SiteCertificate.good.keyFile)","client_ca_file":"\(try SiteCertificate.authorities)"},\
      "logging":{"level":"error"},"storage":\(storage)}
      """
    }
  }

  /// The address of the server.
  public var address: String { "https://localhost:\(port)" }

  /// The folder of keys and metadata of the `notary` command.
  public var trustFolder: String { folder.path + "/notary" }

  /// Runs `notary` with this server, and a folder of its own unless another one is named.
  @discardableResult
  public func notary(_ arguments: [String], folder: String? = nil, fails: Bool = false) throws -> String {
    let common = ["-s", address, "--tlscacert", try SiteCertificate.authorities, "-d", folder ?? trustFolder]
    let environment = ChildProcess.cleanEnvironment.merging(Self.passphrases) { $1 }
      .merging(["HOME": self.folder.path]) { $1 }.merging(self.environment) { $1 }
    let outcome = try ChildProcess.run(["notary"] + common + arguments, environment: environment)
    guard (outcome.status == 0) != fails else { throw Failure.failed(outcome.text + outcome.errorText) }
    return outcome.text
  }

  /// A repository with these targets, each a file that holds its own name.
  public func makeRepository(_ name: String, targets: [String]) throws {
    try notary(["init", name, "-p"])
    for target in targets { try add(target, to: name) }
    if !targets.isEmpty { try notary(["publish", name]) }
  }

  /// Stages a target, into a role where one is named.
  public func add(_ target: String, to name: String, roles: [String] = []) throws {
    _ = try folder.write("target", Array(target.utf8))
    try notary(["add", name, target, folder.path + "/target"] + roles.flatMap { ["--roles", $0] })
  }
}

extension NotaryPeer {
  /// A private key and a certificate for it, as signers bring them; files that go with the peer.
  public func makeDelegationKey(_ name: String) throws -> (key: String, certificate: String) {
    let (key, certificate) = ("\(folder.path)/\(name).key", "\(folder.path)/\(name).crt")
    let made = try ChildProcess.run([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
      "/CN=\(name)",
      "-days", "30", "-keyout", key, "-out", certificate,
    ])
    guard made.status == 0 else { throw Failure.failed(made.errorText) }
    return (key, certificate)
  }
}
