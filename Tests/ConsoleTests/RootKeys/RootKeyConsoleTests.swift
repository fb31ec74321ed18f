import ContentChange
import ContentSigning
import ContentTrust
import ExampleMachine
import Glibc
import Screen
import Stores
import TestSupport
import Testing
import TrustModel

@testable import Console

/// A first root key made in the console, with its files.
@Suite("A first root key in the console")
struct RootKeyConsoleTests {
  private typealias Step = ScriptedTerminal.Step

  private static let passphrase = "correct horse 4711"
  private static let folder = "/home/.docker/trust"
  private static let copy = "/usb/acme.key"

  private static func machine() throws -> ExampleMachine {
    let machine = try ExampleMachine(images: true)
    try machine.sandbox.makeDirectory("/usb")
    return machine
  }

  private static func work(_ machine: ExampleMachine) -> RootKeyWork {
    let trust = TrustFolder(sysroot: Sysroot(machine.path), path: folder)
    return RootKeyWork(SigningKeyFolder(trust, user: geteuid()))
  }

  private static func access(_ machine: ExampleMachine) -> ContentAccess {
    let trust = TrustFolder(sysroot: Sysroot(machine.path), path: folder)
    return ContentAccess(folder: folder, repositories: { [] }, keys: { try SigningKeySurvey(trust) }) { _, _, _ in
      throw KeyImportError.input("nothing is kept")
    }
  }

  private static func run(_ script: [Step], on machine: ExampleMachine) async throws -> ConsoleRun {
    try await ConsoleRun(script, on: machine, content: access(machine), rootKeys: work(machine))
  }

  private static func tabs(_ count: Int) -> [Step] { Array(repeating: .tab, count: count) }

  /// From the list of repositories to the step of the name.
  private static let opened: [Step] = Steps.type("g6") + [.until("kept in")] + Steps.type("c") + [.until("+ clock")]
  private static let named: [Step] = opened + [.enter, .until("2 of 7")]
  private static let asked: [Step] = named + tabs(6) + [.enter, .until("3 of 7")]
  private static let chosen: [Step] =
    asked + [.enter, .secret(passphrase), .secret(passphrase), .until("both are the same")]
  private static let planned: [Step] = chosen + [.enter, .until("4 of 7")]
  private static let made: [Step] = planned + tabs(2) + [.enter, .until("5 of 7")]
  private static func copied(_ machine: ExampleMachine) -> [Step] {
    made + Steps.type(machine.sandbox.located(copy)) + [.enter, .enter, .until("read back, and opened")]
  }

  /// Opens a key file with a passphrase, as any program would.
  private static func opens(_ path: String, _ passphrase: String) throws -> PrivateSigningKey {
    let file = try ChildProcess.run(["cat", path])
    guard var buffer = SecretBuffer(capacity: file.output.count) else { throw SigningKeyError.memory }
    for octet in file.output { _ = buffer.append(octet) }
    return try PrivateSigningKey(PEMKeyBlock(buffer), passphrase: SecretOctets(Array(passphrase.utf8)))
  }

  @Test("Made, copied, written down and taken off: the copy is the key, sealed, and nothing else is left")
  func whole() async throws {
    let machine = try Self.machine()
    let script =
      Self.copied(machine) + [.picture("copied"), .enter, .until("6 of 7"), .picture("record")] + Steps.type("y")
      + [.enter, .until("7 of 7")] + Self.tabs(1) + [.enter] + Self.tabs(2) + [.enter, .until("off this machine; its")]
    let run = try await Self.run(script, on: machine)
    #expect(machine.sandbox.names(in: Self.folder + "/private")?.filter { $0.hasSuffix(".key") } == [])
    #expect(machine.sandbox.mode(Self.copy) == 0o600 && machine.sandbox.mode(Self.folder + "/private") == 0o700)
    let key = try Self.opens(machine.sandbox.located(Self.copy), Self.passphrase)
    #expect(key.kind == .p256)
    let names = try #require(run.copied.last).split(separator: "\n")
    #expect(names.first.map(String.init) == "\(key.id)")
    let digits = "\(key.id)".prefix(8)
    #expect(run.picture("record").text().contains("\(digits) "))
    let text = String(decoding: try #require(machine.sandbox.contents(Self.copy)), as: UTF8.self)
    #expect(text.contains("BEGIN ENCRYPTED PRIVATE KEY") && text.contains("role: root"))
    #expect(run.frames.allSatisfy { !$0.text().contains("4711") })
  }

  @Test("Words that were drawn open the key that was made with them; no picture has them")
  func words() async throws {
    let machine = try Self.machine()
    let script =
      Self.asked + [
        .tab, .enter, .until("Write them down"), .picture("words"), .enter, .shownSecret, .until("typed back"), .enter,
      ]
      + [.until("4 of 7")] + Self.tabs(2) + [.enter, .until("5 of 7"), .tab, .tab, .tab, .enter, .until("6 of 7")]
    let run = try await Self.run(script, on: machine)
    let shown = run.picture("words").shownSecret
    #expect(shown.split(separator: " ").count == WordPassphrase.count)
    let name = try #require(machine.sandbox.names(in: Self.folder + "/private")?.first { $0.hasSuffix(".key") })
    let key = try Self.opens(machine.sandbox.located("\(Self.folder)/private/\(name)"), shown)
    #expect("\(key.id).key" == name)
    #expect(run.frames.allSatisfy { !$0.text().contains(shown) })
  }

  /// Where a person can leave before anything is written.
  enum Halt: String, CaseIterable, Sendable { case checks, name, passphrase, words, chosen, plan }

  private static func script(to halt: Halt) -> [Step] {
    switch halt {
    case .checks: opened
    case .name: named
    case .passphrase: asked + [.enter, .noSecret, .until("at least 8")]
    case .words: asked + [.tab, .enter, .until("Write them down")]
    case .chosen: chosen
    case .plan: planned
    }
  }

  @Test(
    "Leaving before the fourth step's button leaves the machine as it was, by whatever way", arguments: Halt.allCases)
  func leave(halt: Halt) async throws {
    for way in [Event.key(.escape), .interrupt] {
      let machine = try Self.machine()
      let before = try machine.fingerprint()
      let run = try await Self.run(
        Self.script(to: halt) + [.event(way), .until("Nothing was written."), .picture("left")], on: machine)
      #expect(run.picture("left").text().contains("[6:Content]"))
      #expect(try machine.fingerprint() == before, "\(halt) \(way)")
    }
    let machine = try Self.machine()
    let before = try machine.fingerprint()
    let presses = (0..<8).map { _ in Step.tab }
    // Wherever the focus is, Tab comes to Cancel.
    var back = Self.script(to: halt)
    if halt != .plan { back += presses }
    let run = try await Self.run(back + [.escape, .until("Nothing was written.")], on: machine)
    #expect(run.frame.text().contains("[6:Content]"))
    #expect(try machine.fingerprint() == before)
  }

  @Test("Enter alone never makes a key: in the fourth step Cancel has the focus")
  func enterAlone() async throws {
    let machine = try Self.machine()
    let before = try machine.fingerprint()
    _ = try await Self.run(Self.planned + [.enter, .until("Nothing was written.")], on: machine)
    #expect(try machine.fingerprint() == before)
  }

  @Test("Leaving after it was made says where it is, and asks first; the list shows it")
  func leaveLater() async throws {
    let machine = try Self.machine()
    let run = try await Self.run(
      Self.made + [.escape, .until("Leave now?"), .picture("question"), .enter, .until("Now a copy"), .escape]
        + [.until("Leave now?"), .tab, .enter, .until("no copy was proved")] + Steps.type("p") + [
          .until("1 private key")
        ],
      on: machine)
    #expect(run.picture("question").text().contains("sealed with the passphrase"))
    #expect(run.frame.text().contains("root"))
  }

  @Test("A copy never replaces a file; a second name takes it, and a relative one is not taken")
  func copies() async throws {
    let machine = try Self.machine()
    try machine.sandbox.write(Self.copy, Array("mine".utf8))
    let again: [Step] = [.event(.key(.backTab)), .event(.key(.control("u")))]
    _ = try await Self.run(
      Self.made + Steps.type(machine.sandbox.located(Self.copy)) + [.enter, .enter, .until("stands in the way")] + again
        + Steps.type("acme.key") + [.enter, .enter, .until("whole path")] + again
        + Steps.type(machine.sandbox.located("/usb/")) + [.enter, .enter, .until("read back, and opened")], on: machine)
    #expect(machine.sandbox.contents(Self.copy) == Array("mine".utf8))
    #expect(machine.sandbox.names(in: "/usb")?.sorted() == ["acme.key", "root.key"])
  }

  @Test("A copy that no longer opens keeps the key here")
  func damaged() async throws {
    let machine = try Self.machine()
    let path = machine.sandbox.located(Self.copy)
    let run = try await Self.run(
      Self.copied(machine) + [.enter, .until("6 of 7"), .enter, .until("7 of 7"), .tab, .enter, .tab, .tab]
        + [.outside { try Outside.empty(path) }, .enter, .until("PROBLEM")], on: machine)
    #expect(run.frame.text().contains("does not prove itself"), "\(run.frame.text())")
    #expect(machine.sandbox.names(in: Self.folder + "/private")?.count { $0.hasSuffix(".key") } == 1)
  }

  @Test("Where a root key is here already, the first step says which, and Enter leaves")
  func existing() async throws {
    let machine = try Self.machine()
    let key = try Self.work(machine).make(.p256, SecretOctets(Array(Self.passphrase.utf8)))
    let run = try await Self.run(
      Steps.type("g6") + [.until("kept in")] + Steps.type(":root-key") + [.enter, .until("Make another one")]
        + [.picture("checks"), .enter, .until("Nothing was written.")], on: machine)
    #expect(run.picture("checks").text().contains("\(key.id)".prefix(20)))
  }

  @Test("Read-only, the key names the command and opens nothing")
  func readOnly() async throws {
    let machine = try Self.machine()
    let run = try await ConsoleRun(
      Steps.type("g6") + [.until("kept in")] + Steps.type("c") + [.until("content key generate --role root")],
      on: machine,
      content: Self.access(machine))
    #expect(run.frame.text().contains("[6:Content]"))
  }
}
