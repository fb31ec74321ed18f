import StrictJSON
import TestSupport

/// A machine on which keyreeve and docker share one folder, one engine and one server of signed metadata.
final class EngineMachine {
  let machine: SandboxMachine
  /// More variables for both.
  var variables: [String: String] = [:]
  private let server: String

  init(_ engine: EnginePeer, _ notary: NotaryPeer) throws {
    machine = try SandboxMachine()
    server = notary.address
    variables["DOCKER_HOST"] = engine.address
    try machine.write(
      "/home/.docker/tls/localhost:\(notary.port)/ca.crt",
      try ChildProcess.run(["cat", try SiteCertificate.authorities]).output)
  }

  private static let passphrases = Dictionary(
    uniqueKeysWithValues: ["ROOT", "REPOSITORY"].map { ("DOCKER_CONTENT_TRUST_\($0)_PASSPHRASE", "tests passphrase") })

  private var environment: [String: String] {
    ChildProcess.cleanEnvironment.merging(Self.passphrases) { $1 }
      .merging(["DOCKER_CONTENT_TRUST_SERVER": server]) { $1 }.merging(variables) { $1 }
  }

  /// Runs `keyreeve docker`; what is ours stands first.
  @discardableResult
  func keyreeve(
    _ own: [String] = [], _ words: [String], status: Int32 = 0, input: [UInt8] = [], directory: String? = nil
  ) throws -> ChildProcess.Outcome {
    guard let program = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    let outcome = try ChildProcess.run(
      [program, "docker", "--sysroot", machine.path, "--trust-on-first-use"] + own + words,
      environment: environment.merging(["HOME": "/home", "DOCKER_CONFIG": "/home/.docker"]) { $1 }, input: input,
      directory: directory)
    guard outcome.status == status else {
      throw NotaryPeer.Failure.failed("\(words) ended with \(outcome.status): \(outcome.text)\(outcome.errorText)")
    }
    return outcome
  }

  /// The same for a command in one line.
  @discardableResult
  func keyreeve(_ line: String, status: Int32 = 0) throws -> ChildProcess.Outcome {
    try keyreeve([], line.split(separator: " ").map(String.init), status: status)
  }

  /// Runs `keyreeve content`.
  @discardableResult
  func content(_ line: String) throws -> ChildProcess.Outcome {
    guard let program = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    let outcome = try ChildProcess.run(
      [program, "content"] + line.split(separator: " ").map(String.init) + [
        "--sysroot", machine.path, "--trust-on-first-use",
      ],
      environment: environment.merging(["HOME": "/home", "DOCKER_CONFIG": "/home/.docker"]) { $1 })
    guard outcome.status == 0 else { throw NotaryPeer.Failure.failed("\(line): \(outcome.text)\(outcome.errorText)") }
    return outcome
  }

  /// The tags that are signed, and what they are.
  func signed(_ name: String) throws -> [String: String] {
    let list = try JSON.parse(try content("list \(name) --json").output)
    let rows = (list["tags"]?.array ?? []).map { ($0["tag"]?.string?.text ?? "", $0["digest"]?.string?.text ?? "") }
    return Dictionary(rows) { $1 }
  }

  /// Runs the real docker 28: with content trust, unless it is to do something that it would refuse then.
  @discardableResult
  func docker(_ line: String, trusting: Bool = true, fails: Bool = false, directory: String? = nil) throws -> String {
    var environment = environment
    environment["HOME"] = machine.located("/home")
    environment["DOCKER_CONFIG"] = machine.located("/home/.docker")
    if trusting { environment["DOCKER_CONTENT_TRUST"] = "1" }
    let outcome = try ChildProcess.run(
      ["docker"] + line.split(separator: " ").map(String.init), environment: environment, directory: directory)
    guard (outcome.status == 0) != fails else {
      throw NotaryPeer.Failure.failed("docker \(line): \(outcome.text)\(outcome.errorText)")
    }
    return outcome.text + outcome.errorText
  }
}
