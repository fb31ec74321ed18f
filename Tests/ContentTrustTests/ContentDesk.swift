import TestSupport

/// A machine with docker's folder on it, and a real notary-server that its configuration knows.
final class ContentDesk {
  let peer: NotaryPeer
  let machine: SandboxMachine
  /// The repository of most tests.
  static let name = "example.com/team/app"
  /// Where its documents lie on the machine.
  static let metadata = "/home/.docker/trust/tuf/example.com/team/app/metadata"
  /// Where the versions seen of it lie.
  static let record = "/var/lib/keyreeve/content-trust/example.com/team/app/+seen.json"

  /// A machine on which nothing is kept, and a repository with these targets.
  init(targets: [String] = ["v1"], on database: DatabasePeer? = nil) throws {
    peer = try NotaryPeer(database: database)
    machine = try SandboxMachine()
    let authorities = try ChildProcess.run(["cat", try SiteCertificate.authorities]).output
    try machine.write("/ca.pem", authorities)
    try machine.write("/home/.docker/tls/localhost:\(peer.port)/ca.crt", authorities)
    let section = "[host localhost:\(peer.port)]\nca-bundle = /ca.pem\n"
    try machine.write("/etc/keyreeve/server.conf", Array(section.utf8))
    try peer.makeRepository(Self.name, targets: targets)
  }

  /// Runs one of our programs on the machine.
  func run(
    _ words: [String], program: String = "keyreeve", under tracer: [String] = [], input: [UInt8] = []
  ) throws -> ChildProcess.Outcome {
    guard let path = BuiltProgram.path(program) else { throw NotaryPeer.Failure.failed("no \(program)") }
    return try ChildProcess.run(
      tracer + [path] + words + ["--sysroot", machine.path], environment: environment, input: input)
  }

  var environment: [String: String] {
    ChildProcess.cleanEnvironment.merging([
      "HOME": "/home", "DOCKER_CONFIG": "/home/.docker", "DOCKER_CONTENT_TRUST_SERVER": peer.address,
    ]) { $1 }
  }

  /// Runs `content VERB` for the repository, with trust on first use.
  func content(_ verb: String, _ words: [String] = [], program: String = "keyreeve") throws -> ChildProcess.Outcome {
    try run(["content", verb, Self.name] + words + ["--trust-on-first-use"], program: program)
  }

  /// Runs the real docker with the machine's folder.
  func docker(_ words: [String]) throws -> ChildProcess.Outcome {
    try ChildProcess.run(
      ["docker"] + words,
      environment: environment.merging([
        "HOME": machine.located("/home"), "DOCKER_CONFIG": machine.located("/home/.docker"),
      ]) { $1 })
  }

  /// Runs the real notary with the machine's folder of docker.
  @discardableResult
  func notary(_ words: [String]) throws -> String {
    try peer.notary(words, folder: machine.located("/home/.docker/trust"))
  }

  /// Signs another target.
  func sign(_ target: String) throws {
    try peer.add(target, to: Self.name)
    try peer.notary(["publish", Self.name])
  }

  /// Rotates a key of the repository, as its owner does.
  func rotate(_ words: String...) throws {
    let arguments = [
      "notary", "-s", peer.address, "--tlscacert", try SiteCertificate.authorities, "-d", peer.trustFolder, "key",
      "rotate", Self.name,
    ]
    let outcome = try ChildProcess.run(
      ["sh", "-c", "yes | \"$@\"", "sh"] + arguments + words,
      environment: ChildProcess.cleanEnvironment.merging(NotaryPeer.passphrases) { $1 })
    guard outcome.status == 0 else { throw NotaryPeer.Failure.failed(outcome.text + outcome.errorText) }
  }

  /// A document that is kept, by the name of its file.
  func kept(_ file: String) -> [UInt8]? { machine.contents(Self.metadata + "/" + file) }

  /// Puts a copy of a folder of the machine in the place of another one.
  func copy(_ from: String, to: String) throws {
    let outcome = try ChildProcess.run([
      "sh", "-c", "rm -rf \"$2\" && mkdir -p \"${2%/*}\" && if [ -d \"$1\" ]; then cp -a \"$1\" \"$2\"; fi", "sh",
      machine.located(from),
      machine.located(to),
    ])
    guard outcome.status == 0 else { throw NotaryPeer.Failure.failed(outcome.errorText) }
  }
}
