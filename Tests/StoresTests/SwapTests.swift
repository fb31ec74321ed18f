import Glibc
import Stores
import TestSupport
import Testing
import TrustModel

/// K-12: what is swapped between two looks.
@Suite("Files that are swapped while they are read", .timeLimit(.minutes(1)))
struct SwapTests {
  @Test("A link renamed in and out of the place of a key is never read through")
  func keyFile() throws {
    let machine = try SandboxMachine()
    let location = KeyLocation(layer: .administrator, scope: .root, fingerprint: Samples.fingerprint)
    try machine.write(location.file, Array("honest".utf8))
    let secret = try machine.write("/secret", Array("secret".utf8))
    try machine.link("/link", to: machine.located(secret))
    try swapping(machine.located("/link"), machine.located(location.file)) {
      read(location, of: machine)
    }
  }

  @Test("A link renamed in and out of the place of a directory is never read through")
  func directory() throws {
    let machine = try SandboxMachine()
    let location = KeyLocation(
      layer: .administrator, scope: try Samples.scope("example.com/hello"), fingerprint: Samples.fingerprint)
    try machine.write(location.file, Array("honest".utf8))
    try machine.write("/evil/hello/\(Samples.fingerprint)", Array("secret".utf8))
    try machine.link("/link", to: machine.located("/evil"))
    try swapping(machine.located("/link"), machine.located(Layer.administrator.directory + "/prefix.d/example.com")) {
      read(location, of: machine)
    }
  }

  /// Reads a place by every way there is and returns how it ended: with the honest contents, or refused.
  private func read(_ location: KeyLocation, of machine: SandboxMachine) -> Bool {
    var contents: [[UInt8]] = []
    if let octets = try? machine.layers.contents(at: location) { contents.append(octets) }
    for file in machine.layers.list().files {
      if let octets = try? machine.layers.contents(of: file) { contents.append(octets) }
    }
    for octets in contents { #expect(octets == Array("honest".utf8)) }
    return contents.isEmpty
  }

  /// Exchanges two names in a loop for a second while `body` looks; both outcomes must have been seen.
  private func swapping(_ first: String, _ second: String, _ body: () -> Bool) throws {
    var seen = [true: 0, false: 0]
    let swaps = try OwnThread.during {
      let clock = ContinuousClock()
      let end = clock.now + .seconds(1)
      while clock.now < end { seen[body(), default: 0] += 1 }
    } repeat: {
      let aside = first + "-aside"
      for (from, to) in [(second, aside), (first, second), (second, first), (aside, second)] { rename(from, to) }
    }
    #expect(swaps > 1000)
    #expect(seen[true, default: 0] > 0 && seen[false, default: 0] > 0, "\(seen)")
  }
}
