import StrictJSON
import TestSupport

/// A machine whose docker talks to an engine, and whose docker and ours ask a notary-server.
final class DockerMachine {
  let machine: SandboxMachine
  private let engine: String
  private let server: String

  init(_ engine: EnginePeer, _ notary: NotaryPeer) throws {
    machine = try SandboxMachine()
    self.engine = engine.address
    server = notary.address
    try machine.write(
      "/home/.docker/tls/localhost:\(notary.port)/ca.crt",
      try ChildProcess.run(["cat", try SiteCertificate.authorities]).output)
  }

  /// Runs the real docker with content trust.
  @discardableResult
  func docker(_ words: String..., fails: Bool = false) throws -> String {
    let outcome = try ChildProcess.run(
      ["docker"] + words,
      environment: ChildProcess.cleanEnvironment.merging([
        "HOME": machine.located("/home"), "DOCKER_CONFIG": machine.located("/home/.docker"), "DOCKER_HOST": engine,
        "DOCKER_CONTENT_TRUST": "1", "DOCKER_CONTENT_TRUST_SERVER": server,
        "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "root passphrase",
        "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "repository passphrase",
      ]) { $1 })
    guard (outcome.status == 0) != fails else { throw NotaryPeer.Failure.failed(outcome.text + outcome.errorText) }
    return outcome.text + outcome.errorText
  }

  /// Runs `keyreeve content`.
  func content(_ words: String...) throws -> ChildProcess.Outcome {
    guard let program = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    return try ChildProcess.run(
      [program, "content"] + words + ["--sysroot", machine.path],
      environment: ChildProcess.cleanEnvironment.merging([
        "HOME": "/home", "DOCKER_CONFIG": "/home/.docker", "DOCKER_CONTENT_TRUST_SERVER": server,
      ]) { $1 })
  }

  /// What docker says of a repository.
  func dockerSummary(of name: String) throws -> TrustSummary {
    TrustSummary(docker: try JSON.parse(Array(try docker("trust", "inspect", name).utf8)))
  }

  /// What ours says of it.
  func summary(of name: String) throws -> TrustSummary {
    let answers = try ["list", "inspect"].map { verb in
      let outcome = try content(verb, name, "--json", "--trust-on-first-use")
      guard outcome.status == 0 else { throw NotaryPeer.Failure.failed(outcome.errorText) }
      return try JSON.parse(outcome.output)
    }
    return TrustSummary(list: answers[0], inspection: answers[1])
  }
}
