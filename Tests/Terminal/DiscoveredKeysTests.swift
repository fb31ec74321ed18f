import ExampleMachine
import TestSupport
import Testing
import TrustModel

/// Keys found by discovery, reviewed by a person at a terminal.
@Suite("Reviewing discovered keys on a real terminal")
struct DiscoveredKeysTests {
  private let folder = "/etc/rkt/trustedkeys/prefix.d/publisher.example/two"

  private func review(_ machine: ExampleMachine) throws -> TerminalSession {
    try TerminalSession.start(
      command: "keyreeve trust --prefix publisher.example/two", columns: 120, rows: 50,
      environment: RealConsole.environment(of: machine))
  }

  @Test(
    "Weakness 12 (T18): every key is asked about by itself; a no leaves that one out, and nothing else is an answer")
  func eachByItself() throws {
    let machine = try ExampleMachine()
    let publisher = try ExamplePublisher(on: machine)
    let (first, second) = (try ExampleKey.quayside.fingerprint(), try ExampleKey.release2.fingerprint())
    try withExtendedLifetime(publisher) {
      let session = try review(machine)
      try session.waitFor("Type yes or no:", timeout: 20)
      #expect(try session.screen().contains("named by the page https://publisher.example/two?ac-discovery=1"))
      #expect(try !session.screen().contains(second.grouped))
      try session.type("yes\n")
      try session.waitFor(second.grouped)
      try session.type("y\n")
      try session.type("no\n")
      #expect(try session.exitStatus() == 0)
      #expect(machine.sandbox.names(in: folder) == ["\(first)"])

      // D-09: a second time the review says what is there already.
      let again = try review(machine)
      try again.waitFor("are there already: \(first)", timeout: 20)
      try again.waitFor("Type yes or no:")
      try again.send("C-d")
      #expect(try again.exitStatus() == 3)
      #expect(machine.sandbox.names(in: folder) == ["\(first)"])
    }
  }
}
