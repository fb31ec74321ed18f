import TestSupport
import Testing

/// Ways around the signature that real engines would go along: an unsigned image is in the registry, and stays there.
@Suite("What real engines would take unsigned", .serialized, SharedEngine(), .timeLimit(.minutes(10)))
final class EvasionTests {
  let desk: EngineDesk
  let folder: TemporaryDirectory

  init() throws {
    desk = try #require(EngineDesk.shared)
    folder = try TemporaryDirectory(prefix: "kr-evasion")
  }

  /// A signed image and an unsigned one, of which the engine has neither.
  private func images(_ repository: String) throws -> (signed: String, unsigned: String) {
    let name = try desk.push(["v1"], to: repository)
    try desk.engine.makeImage("\(name):v2", holding: "nobody's")
    try desk.owner.docker("push \(name):v2", trusting: false)
    try desk.forget("\(name):v2")
    return ("\(name):v1", "\(name):v2")
  }

  private func write(_ text: String) throws { _ = try folder.write("Dockerfile", Array(text.utf8)) }

  @Test("Help that is denied does not have the line handed on")
  func help() throws {
    let (_, unsigned) = try images("denied-help")
    for words in ["run --help=false --rm", "pull --help=false", "pull -h=false", "create --help=0"] {
      try desk.owner.keyreeve("\(words) \(unsigned)", status: 10)
    }
    #expect(try desk.identifier(unsigned) == nil)
    // Docker itself takes it.
    try desk.owner.docker("pull --help=false \(unsigned)", trusting: false)
  }

  @Test("The classic builder is given no file that hides an image from us")
  func hidden() throws {
    let (signed, unsigned) = try images("hidden")
    let reader = try desk.reader()
    for text in [
      "FROM \(signed)\nRUN <<\"LABEL a=b\"\nFROM \(unsigned)\nLABEL a=b\n",
      "#\u{a0}escape=`\nFROM \(signed)\nLABEL a=`\nFROM \(unsigned)\n",
      "# check=skip=all\n# escape=`\nFROM \(signed)\nLABEL a=`\nFROM \(unsigned)\n",
    ] {
      try write(text)
      try reader.keyreeve("build \(folder.path)", status: 18)
    }
    try write("FROM \(signed)\nCOPY --from=later /words /x\nFROM \(signed) AS later\n")
    let later = try reader.keyreeve("build \(folder.path)", status: 2)
    #expect(later.errorText.contains("Dockerfile:2: which image later is"))
    try write("# escape=`\nFROM \(signed)\nLABEL a=`\nb\n")
    try reader.keyreeve("build \(folder.path)")
    #expect(try desk.identifier(unsigned) == nil)
    // Docker's own builder finds the second stage in the second one of these.
    try write("#\u{a0}escape=`\nFROM \(signed)\nLABEL a=`\nFROM \(unsigned)\n")
    try reader.docker("build \(folder.path)", trusting: false)
    #expect(try desk.identifier(unsigned) != nil)
  }

  @Test("The folder of settings that docker is told is ours as well")
  func configuration() throws {
    let name = try desk.push(["v1"], to: "settings")
    let program = try #require(BuiltProgram.path("keyreeve"))
    let place = desk.owner.machine.located("/home/.docker")
    try desk.owner.machine.write("/home/.docker/config.json", Array("{}".utf8))
    let environment = ChildProcess.cleanEnvironment.merging([
      "HOME": folder.path, "DOCKER_HOST": desk.engine.address, "DOCKER_CONTENT_TRUST_SERVER": desk.notary.address,
    ]) { $1 }
    // The server's authority and the pins are there, and nowhere else.
    let outcome = try ChildProcess.run(
      [program, "docker", "--config", place, "pull", "\(name):v1"], environment: environment)
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(try ChildProcess.run(["ls", "-A", folder.path]).text.isEmpty)
  }
}
