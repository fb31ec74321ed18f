import CTerm
import Glibc

/// A real notary-server on this machine, with the real `notary` command as its client.
///
/// Keeps its data in memory, signs timestamps (and snapshots where it is asked to) with keys of its own, and is gone
/// with its last owner.
public final class NotaryPeer {
  /// Where it listens.
  public let port: Int
  private let folder: TemporaryDirectory
  private let process: Int32
  private let input: Int32
  /// Lives as long as the server, which names it.
  private let tokens: TokenAuthority?

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
  public init(tokens: TokenAuthority? = nil) throws {
    self.tokens = tokens
    folder = try TemporaryDirectory(prefix: "kr-notary")
    port = try FreePort.find()
    let configuration = """
      {"server":{"http_addr":"127.0.0.1:\(port)","tls_cert_file":"\(try SiteCertificate.good.file)",\
      "tls_key_file":"\(try SiteCertificate.good.keyFile)"},"trust_service":{"type":"local"},\
      "logging":{"level":"error"},"storage":{"backend":"memory"}\
      \(try tokens?.serverSetting ?? "")}
      """
    _ = try folder.write("server.json", Array(configuration.utf8))
    // The shell ends the server when its own input ends, also where the test process was killed.
    let script = "notary-server -config=\"$0\" >/dev/null 2>&1 & server=$!; read -r _; kill $server; wait $server"
    (process, input) = try SupervisedProcess.start(["sh", "-c", script, folder.path + "/server.json"])
    try FreePort.waitUntilOpen(port)
  }

  deinit {
    close(input)
    _ = cterm_wait_child(process)
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
