import ContentChange
import ContentSigning
import ContentTrust
import Fetch
import Glibc
import SignedMetadata
import Stores
import TestSupport
import TrustModel

/// A machine with docker's folder on it, whose owner made a repository by the real notary on a real server, with all keys here.
final class RotationDesk {
  let peer: NotaryPeer
  let machine: SandboxMachine
  let repository: Repository
  static let name = "example.com/team/app"
  static let trust = "/home/.docker/trust"
  static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }

  /// A repository with one target, `v1`.
  init() throws {
    (peer, machine, repository) = (try NotaryPeer(), try SandboxMachine(), try Repository(Self.name))
    let authorities = try ChildProcess.run(["cat", try SiteCertificate.authorities]).output
    try machine.write("/ca.pem", authorities)
    try know(peer.port)
    try notary(["init", Self.name, "-p"])
    try publish("v1")
  }

  /// Lets the machine's programs reach a server at a port of this machine.
  func know(_ port: Int) throws {
    let authorities = machine.contents("/ca.pem") ?? []
    try machine.write("/home/.docker/tls/localhost:\(port)/ca.crt", authorities)
    try machine.write(
      "/etc/keyreeve/server-\(port).conf", Array("[host localhost:\(port)]\nca-bundle = /ca.pem\n".utf8))
  }

  // MARK: Programs

  /// Runs the real notary as the owner.
  @discardableResult
  func notary(_ words: [String], fails: Bool = false) throws -> String {
    try peer.notary(words, folder: machine.located(Self.trust), fails: fails)
  }

  /// Signs a target, as the owner does with notary.
  func publish(_ target: String, roles: [String] = []) throws {
    let digest = String(repeating: "07", count: 32)
    try notary(["addhash", Self.name, target, "9", "--sha256", digest, "-p"] + roles.flatMap { ["--roles", $0] })
  }

  /// Rotates a key with the real notary, on another server's address where one is given.
  func notaryRotate(_ words: [String], server: String? = nil) throws -> ChildProcess.Outcome {
    let arguments = [
      "notary", "-s", server ?? peer.address, "--tlscacert", try SiteCertificate.authorities, "-d",
      machine.located(Self.trust), "key", "rotate", Self.name,
    ]
    return try ChildProcess.run(
      ["sh", "-c", "yes | \"$@\"", "sh"] + arguments + words,
      environment: ChildProcess.cleanEnvironment.merging(NotaryPeer.passphrases) { $1 })
  }

  /// Runs ours.
  func keyreeve(
    _ words: [String], server: String? = nil, under tracer: [String] = []
  ) throws -> ChildProcess.Outcome {
    guard let path = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    let variables = [
      "HOME": "/home", "DOCKER_CONFIG": "/home/.docker", "DOCKER_CONTENT_TRUST_SERVER": server ?? peer.address,
    ]
    return try ChildProcess.run(
      tracer + [path] + words + ["--sysroot", machine.path],
      environment: ChildProcess.cleanEnvironment.merging(variables) { $1 }.merging(NotaryPeer.passphrases) { $1 })
  }

  /// Rotates with our command.
  func rotate(_ words: [String], server: String? = nil) throws -> ChildProcess.Outcome {
    try keyreeve(["content", "key", "rotate", Self.name] + words + ["--yes"], server: server)
  }

  /// Mends with our command.
  func repair(_ words: [String] = [], server: String? = nil) throws -> ChildProcess.Outcome {
    try keyreeve(["content", "repair", Self.name, "--yes"] + words, server: server)
  }

  /// What our doctor finds: its document.
  func doctor(_ words: [String] = [], server: String? = nil) throws -> ChildProcess.Outcome {
    try keyreeve(["content", "doctor", Self.name, "--json"] + words, server: server)
  }

  // MARK: In this process

  var folder: TrustFolder { TrustFolder(sysroot: Sysroot(machine.path), path: Self.trust) }
  var ledger: RotationLedger {
    RotationLedger(repository, in: StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil })
  }
  var keyFolder: SigningKeyFolder { SigningKeyFolder(folder, user: geteuid()) }
  var keys: NotaryKeys { NotaryKeys(folder: folder) }
  var host: ServerHost { get throws { try DocumentTests.host(peer, repository) } }

  /// Reads it whole, from nothing, with what has expired.
  func read() throws -> RepositoryReading {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    let client = MetadataClient(try NotaryServer(peer.address), for: repository, with: Fetcher(settings))
    var pins = TrustPins()
    pins.allowsFirstUse = true
    let aged = AgedAnswers { client.answer($0) }
    return try RepositoryReader(
      repository, from: KeptMetadata { _ in nil }, pins: pins, at: Self.now, allowing: aged.allowance
    ) { aged.answer($0) }.read()
  }

  /// The keys of a role as the server has them, by the identifiers of their files.
  func serverKeys(_ role: RoleName) throws -> [KeyID] {
    try read().trusted.root.keys(of: role).keys.map(\.canonicalID)
  }

  /// The root and targets keys that the server has are here, whatever has become of a rotation.
  func holdsItsKeys() throws -> Bool {
    let reading = try read()
    return [RoleName.root, .targets].allSatisfy { role in
      reading.trusted.root.keys(of: role).keys.allSatisfy { keys.holds($0.canonicalID) }
    }
  }
}

/// People who have read the repository before: with notary, and with docker.
final class OldReaders {
  private let desk: RotationDesk
  private let notary: TemporaryDirectory
  private let docker: TemporaryDirectory

  init(_ desk: RotationDesk) throws {
    self.desk = desk
    notary = try TemporaryDirectory()
    docker = try TemporaryDirectory()
    try docker.mkdir("tls/localhost:\(desk.peer.port)")
    _ = try docker.write("tls/localhost:\(desk.peer.port)/ca.crt", desk.machine.contents("/ca.pem") ?? [])
    guard try sees("v1") else { throw NotaryPeer.Failure.failed("the first look fails") }
  }

  /// Whether both see a target.
  func sees(_ target: String) throws -> Bool { try notarySees(target) && dockerSees(target) }

  /// Whether notary does.
  func notarySees(_ target: String) throws -> Bool {
    (try? desk.peer.notary(["list", RotationDesk.name], folder: notary.path))?.contains(target) == true
  }

  /// Whether docker does.
  func dockerSees(_ target: String) throws -> Bool {
    let outcome = try ChildProcess.run(
      ["docker", "trust", "inspect", RotationDesk.name],
      environment: ChildProcess.cleanEnvironment.merging([
        "HOME": docker.path, "DOCKER_CONFIG": docker.path, "DOCKER_CONTENT_TRUST_SERVER": desk.peer.address,
      ]) { $1 })
    return outcome.status == 0 && outcome.text.contains("\"\(target)\"")
  }
}
