import TestSupport
import Testing

/// A real engine, a real registry and a real notary-server, and the machine of whoever signs.
///
/// Unchecked: the tests of the suite that shares it run one after another.
final class EngineDesk: @unchecked Sendable {
  /// The one of the suite that runs.
  @TaskLocal static var shared: EngineDesk?

  let engine: EnginePeer
  let notary: NotaryPeer
  /// The machine on which images are pushed and signed.
  let owner: EngineMachine
  private let folder: TemporaryDirectory

  init() throws {
    engine = try EnginePeer()
    notary = try NotaryPeer()
    owner = try EngineMachine(engine, notary)
    folder = try TemporaryDirectory(prefix: "kr-desk")
  }

  /// Another machine, on which nothing is known of any repository.
  func reader() throws -> EngineMachine { try EngineMachine(engine, notary) }

  func name(_ repository: String) -> String { "\(engine.registry)/team/\(repository)" }

  /// Makes images of one file each, pushes and signs them; the name of their repository.
  func push(_ tags: [String], to repository: String) throws -> String {
    let name = name(repository)
    for tag in tags {
      try engine.makeImage("\(name):\(tag)", holding: "\(repository) \(tag)")
      try owner.docker("push \(name):\(tag)")
    }
    return name
  }

  /// Makes an image whose one program says its words and ends with the number that stands first; pushes and signs it.
  func pushProgram(to repository: String) throws -> String {
    let name = name(repository)
    let say = #"ENTRYPOINT ["/busybox", "sh", "-c", "for w; do echo \"$w\"; done; exit $((${1:-0}))", "say"]"#
    for command in [
      ["tar", "-C", "/bin", "-cf", "\(folder.path)/say.tar", "busybox"],
      ["docker", "--host", engine.address, "import", "--change", say, "\(folder.path)/say.tar", "\(name):v1"],
    ] {
      let outcome = try ChildProcess.run(command)
      guard outcome.status == 0 else { throw NotaryPeer.Failure.failed(outcome.errorText) }
    }
    try owner.docker("push \(name):v1")
    return name
  }

  /// Takes images away from the engine.
  func forget(_ names: String...) throws {
    for name in names { _ = try ChildProcess.run(["docker", "--host", engine.address, "rmi", "-f", name]) }
  }

  /// The id of an image that the engine has; nil where it has none by that name.
  func identifier(_ name: String) throws -> String? {
    let outcome = try ChildProcess.run([
      "docker", "--host", engine.address, "image", "inspect", "--format", "{{.Id}}", name,
    ])
    return outcome.status == 0 ? String(outcome.text.prefix { $0 != "\n" }) : nil
  }
}

/// One desk for all tests of a suite; gone behind the last of them.
struct SharedEngine: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await EngineDesk.$shared.withValue(EngineDesk()) { try await function() }
  }
}
