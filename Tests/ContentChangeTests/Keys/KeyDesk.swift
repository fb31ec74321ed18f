import ContentChange
import ContentSigning
import ContentTrust
import Glibc
import SignedMetadata
import Stores
import TestSupport
import TrustModel

/// A machine with docker's folder of keys, and our program, notary and docker on it.
final class KeyDesk {
  let machine: SandboxMachine
  /// Docker's trust folder on the machine.
  static let trust = "/home/.docker/trust"
  static let keys = trust + "/private"

  init() throws {
    machine = try SandboxMachine()
    try machine.makeDirectory("/home/.docker")
    try machine.makeDirectory("/desk")
  }

  var folder: TrustFolder { TrustFolder(sysroot: Sysroot(machine.path), path: Self.trust) }
  var writer: SigningKeyFolder { SigningKeyFolder(folder, user: geteuid()) }

  static func secret(_ text: String) -> SecretOctets { SecretOctets(Array(text.utf8)) }

  /// A key in the folder, sealed with few rounds.
  @discardableResult
  func place(
    _ kind: PrivateSigningKey.Kind = .p256, role: String = "root", gun: String? = nil,
    passphrase: String? = "right word"
  ) throws -> PrivateSigningKey {
    let key = try PrivateSigningKey(new: kind)
    try writer.add(
      key, SigningKeyHeaders(role: role, repository: gun), passphrase: passphrase.map(Self.secret), rounds: 2_048)
    return key
  }

  func file(_ key: PrivateSigningKey) -> String { "\(Self.keys)/\(key.id).key" }

  /// The names in the folder of keys.
  var names: [String] { machine.names(in: Self.keys) ?? [] }

  /// Runs our program on the machine, in its folder `/desk`.
  func run(
    _ words: [String], _ variables: [String: String] = [:], under tracer: [String] = [], input: [UInt8] = []
  ) throws -> ChildProcess.Outcome {
    guard let path = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    let environment = ChildProcess.cleanEnvironment
      .merging(["HOME": "/home", "DOCKER_CONFIG": "/home/.docker"]) { $1 }.merging(variables) { $1 }
    return try ChildProcess.run(
      tracer + [path] + words + ["--sysroot", machine.path], environment: environment, input: input,
      directory: machine.located("/desk"))
  }

  /// Runs `content key VERB`, with lines for descriptor 0.
  func key(
    _ words: [String], _ variables: [String: String] = [:], lines: [String] = [], under tracer: [String] = []
  ) throws -> ChildProcess.Outcome {
    let descriptor = lines.isEmpty ? [] : ["--passphrase-fd", "0"]
    return try run(
      ["content", "key"] + words + descriptor, variables, under: tracer,
      input: Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  /// Runs the real notary on docker's folder.
  func notary(_ words: [String], _ variables: [String: String] = [:]) throws -> ChildProcess.Outcome {
    try ChildProcess.run(
      ["notary", "-s", "https://localhost:1", "-d", machine.located(Self.trust)] + words,
      environment: ChildProcess.cleanEnvironment.merging(["HOME": machine.located("/home")]) { $1 }
        .merging(variables) { $1 })
  }

  /// Runs the real docker with the machine's folder.
  func docker(_ words: [String], _ variables: [String: String] = [:]) throws -> ChildProcess.Outcome {
    try ChildProcess.run(
      ["docker"] + words,
      environment: ChildProcess.cleanEnvironment.merging([
        "HOME": machine.located("/home"), "DOCKER_CONFIG": machine.located("/home/.docker"),
      ]) { $1 }.merging(variables) { $1 }, directory: machine.located("/desk"))
  }

  /// Runs a script in the folder `/desk`.
  @discardableResult
  func shell(_ script: String) throws -> String {
    let outcome = try ChildProcess.run(["bash", "-euc", script], directory: machine.located("/desk"))
    guard outcome.status == 0 else { throw NotaryPeer.Failure.failed(outcome.errorText) }
    return outcome.text
  }
}

/// Passphrases one after the other, and how often one was asked for.
final class ListedPassphrases: PassphraseSource {
  private var words: [String?]
  private(set) var asked: [Int] = []

  init(_ words: String?...) { self.words = words }

  func passphrase(for request: KeyRequest, attempt: Int) -> SecretOctets? {
    asked.append(attempt)
    return words.isEmpty ? nil : words.removeFirst().map(KeyDesk.secret)
  }

  func newPassphrase(for request: KeyRequest) -> SecretOctets? { nil }

  func origin(for request: KeyRequest, attempt: Int) -> String? { "list" }
}
