import ContentChange
import ContentSigning
import ContentTrust
import Glibc
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import TrustModel

/// A machine with keys in docker's folder, and a repository of their owner in a folder of the machine.
final class FolderDesk {
  let machine: SandboxMachine
  let repository: Repository
  let folder: RepositoryFolder
  let trust: TrustFolder
  let keys: LocalHostKeys

  static let name = "example.com/team/app"
  static let place = "/srv/trust"
  static let tree = "/srv/trust/v2/example.com/team/app/_trust/tuf"
  static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }

  /// - Parameter passphrase: of new keys; nil for files without protection.
  init(passphrase: String? = nil, name: String = FolderDesk.name) throws {
    machine = try SandboxMachine()
    try machine.makeDirectory(Self.place)
    repository = try Repository(name)
    let sysroot = Sysroot(machine.path)
    folder = RepositoryFolder(sysroot: sysroot, path: Self.place)
    trust = TrustFolder(sysroot: sysroot, path: "/home/.docker/trust")
    let source = FixedPassphrases(text: passphrase ?? "")
    keys = LocalHostKeys(
      [trust], ring: SigningKeyring([trust], passphrases: source), passphrases: source, user: geteuid())
  }

  func host(at now: Timestamp = FolderDesk.now) -> FolderHost {
    FolderHost(folder, for: repository, signing: keys, at: now)
  }

  func read(at now: Timestamp = FolderDesk.now) throws -> RepositoryReading {
    var pins = TrustPins()
    pins.allowsFirstUse = true
    return try RepositoryReader(repository, from: KeptMetadata { _ in nil }, pins: pins, at: now) {
      self.folder.answer($0, of: self.repository)
    }.read()
  }

  func publisher(_ host: (any RepositoryHost)? = nil, at now: Timestamp = FolderDesk.now) -> RepositoryPublisher {
    RepositoryPublisher(to: host ?? self.host(at: now), with: keys) { try self.read(at: now) }
  }

  /// A new key in docker's folder, without a passphrase.
  func makeKey(_ role: String) throws -> PrivateSigningKey {
    let key = try PrivateSigningKey(new: .p256)
    try SigningKeyFolder(trust, user: geteuid()).add(
      key, SigningKeyHeaders(role: role, repository: repository.name), passphrase: nil)
    return key
  }

  /// The first publication.
  ///
  /// - Parameter isSnapshotByHost: whether the publisher leaves the snapshot to the host.
  func makeRepository(targets: [JSONString] = ["v1"], at now: Timestamp = FolderDesk.now) throws {
    let host = host(at: now)
    let rootKey = try makeKey("root")
    let certificate = try RootCertificate(rootKey, for: repository, at: now)
    func head(_ role: RoleName) -> DraftHead {
      DraftHead(version: 1, expires: now.advanced(by: Lifetime.seconds(of: role)))
    }
    let root = RootDraft(
      head(.root),
      roles: [
        .root: .init([ListedKey(rootKey.publicKey, certificates: certificate.text)]),
        .targets: .init([ListedKey(try makeKey("targets").publicKey)]),
        .snapshot: .init([try host.ownKey(of: .snapshot, isNew: false)]),
        .timestamp: .init([try host.ownKey(of: .timestamp, isNew: false)]),
      ])
    var draft = RepositoryDraft(new: repository, root: root, at: now)
    draft.changeTargets(of: .targets) { list in targets.forEach { list.set($0, to: Self.target) } }
    try publisher(host, at: now).publish(draft) { _ in }
  }

  static let target = TargetsDraft.Target(sha256: [UInt8](repeating: 9, count: 32), length: 9)

  /// Signs a target and publishes it.
  func sign(_ name: JSONString, at now: Timestamp = FolderDesk.now) throws {
    try publisher(at: now).publish(at: now) {
      $0.changeTargets(of: .targets) { $0.set(name, to: Self.target) }
    } review: { _ in
    }
  }

  /// Runs one of our programs on the machine.
  func run(
    _ words: [String], program: String = "keyreeve", under tracer: [String] = [], variables: [String: String] = [:]
  ) throws -> ChildProcess.Outcome {
    guard let path = BuiltProgram.path(program) else { throw NotaryPeer.Failure.failed("no \(program)") }
    let environment = ChildProcess.cleanEnvironment.merging(["HOME": "/home", "DOCKER_CONFIG": "/home/.docker"]) { $1 }
    return try ChildProcess.run(
      tracer + [path] + words + ["--sysroot", machine.path], environment: environment.merging(variables) { $1 })
  }

  /// The words that name the folder.
  static let server = ["--server", "file://" + place]
}

/// One passphrase for everything; an empty one for keys without protection.
struct FixedPassphrases: PassphraseSource {
  let text: String

  func passphrase(for request: KeyRequest, attempt: Int) -> SecretOctets? {
    text.isEmpty || attempt > 1 ? nil : SealedKeyTexts.passphrase(text)
  }
  func newPassphrase(for request: KeyRequest) -> SecretOctets? { SealedKeyTexts.passphrase(text) }
}
