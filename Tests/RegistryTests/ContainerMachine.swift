import Fetch
import Images
import Registry
import Stores
import TestSupport
import TrustModel

/// A machine on which container images are pushed and fetched by `keyreeve`, with a real notary-server and a registry.
final class ContainerMachine {
  let machine: SandboxMachine
  let notary: NotaryPeer
  private let registryPort: Int

  static let secret = "tests passphrase"

  /// A machine that trusts the authority of both.
  init(_ notary: NotaryPeer, registry port: Int, login: String? = nil) throws {
    (machine, self.notary, registryPort) = (try SandboxMachine(), notary, port)
    try machine.write("/ca.pem", try ChildProcess.run(["cat", try SiteCertificate.authorities]).output)
    try machine.write("/etc/keyreeve/tests.conf", Array("[fetch]\nca-bundle = /ca.pem\n".utf8))
    if let login {
      let text = "{\"auths\":{\"localhost:\(port)\":{\"auth\":\"\(login)\"}}}"
      try machine.write("/home/.docker/config.json", Array(text.utf8), mode: 0o600)
    }
  }

  /// A name on the registry.
  func name(_ rest: String) -> String { "localhost:\(registryPort)/\(rest)" }

  var environment: [String: String] {
    var variables = ChildProcess.cleanEnvironment
    for name in ["ROOT", "REPOSITORY"] { variables["DOCKER_CONTENT_TRUST_\(name)_PASSPHRASE"] = Self.secret }
    variables["DOCKER_CONTENT_TRUST_SERVER"] = notary.address
    (variables["HOME"], variables["DOCKER_CONFIG"]) = ("/home", "/home/.docker")
    return variables
  }

  /// Runs `keyreeve`.
  @discardableResult
  func run(_ words: [String], status: Int32? = 0, timeout: Double = 60) throws -> ChildProcess.Outcome {
    guard let program = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    let outcome = try ChildProcess.run(
      [program] + words + ["--sysroot", machine.path], environment: environment, timeout: timeout)
    guard status == nil || outcome.status == status else {
      throw NotaryPeer.Failure.failed("\(words) ended with \(outcome.status): \(outcome.text)\(outcome.errorText)")
    }
    return outcome
  }

  /// Pushes and signs.
  @discardableResult
  func push(_ name: String, from path: String, _ more: String..., status: Int32 = 0) throws -> ChildProcess.Outcome {
    try run(["push", name, "--from", path, "--yes", "--trust-on-first-use"] + more, status: status)
  }

  /// Fetches.
  @discardableResult
  func fetch(_ name: String, _ more: String..., status: Int32 = 0) throws -> ChildProcess.Outcome {
    let skips = more.contains { $0.hasPrefix("--insecure") }
    return try run(["fetch", "docker://" + name] + more + (skips ? [] : ["--trust-on-first-use"]), status: status)
  }

  /// The store of container images.
  var store: String { machine.located("/var/lib/keyreeve/oci") }

  /// The names of blobs in the store.
  var blobs: [String] { machine.names(in: "/var/lib/keyreeve/oci/blobs/sha256") ?? [] }

  /// What is left in the staging area.
  var staging: [String] { machine.names(in: "/var/lib/keyreeve/oci/staging") ?? [] }
}

/// A second opinion.
enum Skopeo {
  /// Runs skopeo; what it says.
  static func run(_ words: String..., status: Int32 = 0) throws -> String {
    let outcome = try ChildProcess.run(["skopeo", "--insecure-policy"] + words)
    guard outcome.status == status else { throw NotaryPeer.Failure.failed(outcome.text + outcome.errorText) }
    return outcome.text
  }
}
