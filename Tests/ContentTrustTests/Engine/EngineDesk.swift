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
  let owner: DockerMachine

  init() throws {
    engine = try EnginePeer()
    notary = try NotaryPeer()
    owner = try DockerMachine(engine, notary)
  }

  /// Another machine, on which nothing is known of any repository.
  func reader() throws -> DockerMachine { try DockerMachine(engine, notary) }

  /// Makes images, pushes and signs them; the name of their repository.
  func push(_ tags: [String], to repository: String) throws -> String {
    let name = engine.registry + "/team/" + repository
    for tag in tags {
      try engine.makeImage("\(name):\(tag)", holding: "\(repository) \(tag)")
      try owner.docker("push", "\(name):\(tag)")
    }
    return name
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
