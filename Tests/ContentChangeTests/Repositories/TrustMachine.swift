import StrictJSON
import TestSupport

/// A machine on which keyreeve, docker and notary share one folder, and ask one notary-server.
final class TrustMachine {
  let peer: NotaryPeer
  let machine: SandboxMachine
  /// The repository of most tests.
  static let name = "example.com/team/app"
  static let secret = "tests passphrase"
  /// The folder of all three.
  static let folder = "/home/.docker/trust"
  /// More variables for all three.
  var variables: [String: String] = [:]
  private let server: String

  /// A machine on which nothing is kept; `proxy` stands before the server.
  init(_ peer: NotaryPeer, proxy: FaultProxy? = nil) throws {
    self.peer = peer
    machine = try SandboxMachine()
    server = proxy?.address ?? peer.address
    peer.environment.merge(Self.passphrases) { $1 }
    let authorities = try ChildProcess.run(["cat", try SiteCertificate.authorities]).output
    for port in [peer.port, proxy?.port].compactMap({ $0 }) {
      try machine.write("/home/.docker/tls/localhost:\(port)/ca.crt", authorities)
    }
    // Of a token server, too.
    try machine.write("/ca.pem", authorities)
    try machine.write("/etc/keyreeve/tests.conf", Array("[fetch]\nca-bundle = /ca.pem\n".utf8))
  }

  static let passphrases = Dictionary(
    uniqueKeysWithValues: ["NOTARY_ROOT", "NOTARY_TARGETS", "NOTARY_SNAPSHOT", "NOTARY_DELEGATION"].map {
      ($0 + "_PASSPHRASE", secret)
    } + ["ROOT", "REPOSITORY"].map { ("DOCKER_CONTENT_TRUST_\($0)_PASSPHRASE", secret) })

  private var environment: [String: String] {
    ChildProcess.cleanEnvironment.merging(Self.passphrases) { $1 }.merging(variables) { $1 }
      .merging(["DOCKER_CONTENT_TRUST_SERVER": server]) { $1 }
  }

  /// Runs `keyreeve content VERB` for the repository.
  @discardableResult
  func content(
    _ verb: String, _ words: [String] = [], of name: String = TrustMachine.name, status: Int32 = 0
  ) throws -> ChildProcess.Outcome {
    guard let program = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    let verbs = verb.split(separator: " ").map(String.init)
    let outcome = try ChildProcess.run(
      [program, "content"] + verbs + [name] + words + ["--sysroot", machine.path],
      environment: environment.merging(["HOME": "/home", "DOCKER_CONFIG": "/home/.docker"]) { $1 })
    guard outcome.status == status else {
      throw NotaryPeer.Failure.failed("\(verb) ended with \(outcome.status): \(outcome.text)\(outcome.errorText)")
    }
    return outcome
  }

  /// Runs a changing command without a question.
  @discardableResult
  func change(_ verb: String, _ words: String..., status: Int32 = 0) throws -> ChildProcess.Outcome {
    try content(verb, words + ["--yes", "--trust-on-first-use"], status: status)
  }

  /// Signs a tag whose digest is told by a letter.
  @discardableResult
  func sign(_ tag: String, _ letter: Character = "a", _ more: String..., status: Int32 = 0) throws -> String {
    let outcome = try content(
      "sign",
      [
        tag, "--digest", "sha256:" + String(repeating: letter, count: 64), "--size", "42", "--yes",
        "--trust-on-first-use",
      ]
        + more, status: status)
    return outcome.text + outcome.errorText
  }

  /// Who signs a tag by our list, whether it counts or not.
  func signers(of tag: String) throws -> [String] {
    let list = try JSON.parse(try content("list", ["--json", "--trust-on-first-use"]).output)
    return (list["tags"]?.array ?? []).filter { $0["tag"]?.string == JSONString(tag) }
      .compactMap { $0["role"]?.string?.text }.sorted()
  }

  /// Runs the real docker.
  @discardableResult
  func docker(_ words: String..., fails: Bool = false) throws -> String {
    let outcome = try ChildProcess.run(
      ["docker"] + words,
      environment: environment.merging([
        "HOME": machine.located("/home"), "DOCKER_CONFIG": machine.located("/home/.docker"),
      ]) { $1 })
    guard (outcome.status == 0) != fails else { throw NotaryPeer.Failure.failed(outcome.text + outcome.errorText) }
    return outcome.text
  }

  /// Runs the real notary.
  @discardableResult
  func notary(_ words: String..., fails: Bool = false) throws -> String {
    try peer.notary(words, folder: machine.located(Self.folder), fails: fails)
  }

  /// Has docker make the key of a signer; the file with its public half.
  func signer(_ name: String) throws -> String {
    try docker("trust", "key", "generate", name, "--dir", machine.path)
    return machine.located("/\(name).pub")
  }

  /// The private keys that are here.
  var keys: [String] { machine.names(in: Self.folder + "/private") ?? [] }

  /// Takes a key to another machine, or a copy of it.
  func move(_ key: String, to other: TrustMachine, keepsCopy: Bool = false) throws {
    let path = Self.folder + "/private/" + key
    guard let octets = machine.contents(path) else { throw NotaryPeer.Failure.failed("no \(key)") }
    try other.machine.write(path, octets, mode: 0o600)
    try other.machine.setMode(Self.folder + "/private", 0o700)
    if !keepsCopy { try machine.remove(path) }
  }
}
