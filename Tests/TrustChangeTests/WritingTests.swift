import Glibc
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

@Suite("How files are written")
struct WritingTests {
  @Test(
    "Files are 0644 and directories 0755, whatever the umask (K-20)", arguments: [0, 0o022, 0o077, 0o777] as [UInt32])
  func modes(mask: UInt32) throws {
    let machine = try SandboxMachine()
    _ = try ChildProcess.run(["rm", "-r", machine.located("/etc")])
    let path = machine.path
    let octets = try freshKey().octets
    let prefix = try scope("example.com/hello")
    try OwnThread.run(umask: mask) {
      let desk = Desk(path)
      try desk.apply(try desk.trust(octets, in: prefix))
    }
    let listing = try ChildProcess.run(["find", ".", "-printf", "%y %m %P\\n"], directory: machine.path).text
    for line in listing.split(separator: "\n") where line.contains("etc/") || line.contains("var/") {
      #expect(line.hasPrefix(line.hasPrefix("d ") ? "d 755 " : "f 644 "), "\(line)")
    }
    #expect(listing.contains("f 644 etc/rkt/trustedkeys/prefix.d/example.com/hello/"))
    #expect(listing.contains("f 644 var/lib/keyreeve/journal/log.jsonl"))
  }

  @Test("A replaced file gets mode and owner anew; its hard link keeps the old contents (K-03)")
  func hardLink() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    var newer = key
    try newer.addUserID("Second <s@example.com>")
    let path = try machine.place(key, .administrator)
    try machine.setMode(path, 0o666)
    #expect(link(machine.located(path), machine.located("/twin")) == 0)
    try desk.apply(try desk.trust(newer.octets, replacing: true))
    #expect(machine.contents("/twin") == key.octets)
    #expect(machine.contents(path) != key.octets)
    #expect(machine.mode(path) == 0o644)
  }

  static let links = [
    "/etc", "/etc/rkt", "/etc/rkt/trustedkeys", "/etc/rkt/trustedkeys/prefix.d",
    "/etc/rkt/trustedkeys/prefix.d/example.com", "/var", "/var/lib", "/var/lib/keyreeve",
    "/var/lib/keyreeve/journal", "/var/lib/keyreeve/journal/contents", "/var/lib/keyreeve/journal/log.jsonl",
    "/var/lib/keyreeve/journal/lock",
  ]

  @Test("Nothing is written through a link, wherever it stands (K-02, K-17)", arguments: links)
  func throughLink(place: String) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try desk.apply(try desk.trust(try freshKey().octets, in: try scope("example.com")))
    let plan = try desk.trust(try freshKey().octets, in: try scope("example.com"))
    try machine.replaceByLink(place)
    func outside() throws -> String {
      try ChildProcess.run(["sh", "-c", "find moved-* -type f | sort | xargs sha256sum"], directory: machine.path).text
    }
    let before = try outside()
    #expect(!before.isEmpty)
    do {
      try desk.apply(plan)
      Issue.record("written through \(place)")
    } catch let error as ChangeError {
      #expect(error.reason == .failed)
      #expect(error.description.contains("link"), "\(error)")
    }
    #expect(try outside() == before)
  }

  @Test(
    "A dangling link in the place of a file to be made is not written through",
    arguments: [
      "/var/lib/keyreeve/journal/log.jsonl", "/var/lib/keyreeve/journal/lock", "KEY", "TEMPORARY",
    ])
  func danglingLink(place: String) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    let plan = try desk.trust(key.octets)
    let place =
      ["KEY": key.place(), "TEMPORARY": "/etc/rkt/trustedkeys/.keyreeve-1-\(key.fingerprint)"][place] ?? place
    try machine.link(place, to: machine.located("/target"))
    _ = try? desk.apply(plan)
    #expect(machine.contents("/target") == nil)
    #expect(machine.mode(place) == nil || machine.contents(place) == machine.contents(key.place()))
  }

  @Test("A plan is applied only to the files that it was made for")
  func changedSincePlan() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let keys = [try freshKey(), try freshKey()]
    let plan = try desk.trust(keys.flatMap(\.octets))
    try machine.write(keys[1].place(), [9])
    #expect(throws: ChangeError.changedSincePlan(file: keys[1].place())) { try desk.apply(plan) }
    #expect(machine.contents(keys[0].place()) == nil)
    #expect(machine.contents(keys[1].place()) == [9])
    #expect(try desk.journal.entries.isEmpty)
  }

  @Test(
    "A reason is kept to the octet, on one line of the log",
    arguments: [
      "x", String(repeating: "\u{e9}", count: 500), "a\nb\r\u{1b}[2J\u{0}\"\\\u{2028}",
      String(repeating: "\"", count: 1000),
    ])
  func reason(text: String) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let id = try desk.apply(try desk.trust(try freshKey().octets), reason: text)
    let journal = try desk.journal
    #expect(journal.problems.isEmpty)
    #expect(journal[id]?.reason.map { Array($0.utf8) } == Array(text.utf8))
    let log = try #require(machine.contents("/var/lib/keyreeve/journal/log.jsonl"))
    #expect(log.count { $0 == 0x0a } == 2)
  }

  @Test("A reason that makes a line longer than the log can hold changes nothing")
  func longReason() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let plan = try desk.trust(try freshKey().octets)
    #expect(throws: ChangeError.self) {
      try desk.apply(plan, reason: String(repeating: "a", count: Journal.lineLimit))
    }
    #expect(machine.files(of: .administrator).isEmpty)
    #expect(try desk.journal.problems.isEmpty)
  }

  @Test("A log whose last line was torn is continued behind its last whole line")
  func tornLog() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try desk.apply(try desk.trust(try freshKey().octets))
    let log = "/var/lib/keyreeve/journal/log.jsonl"
    try machine.write(log, try #require(machine.contents(log)) + Array(#"{"schema":"keyreeve.log/1","ev"#.utf8))
    #expect(try desk.journal.problems.count == 1)
    let id = try desk.apply(try desk.trust(try freshKey().octets))
    #expect(id == 2)
    #expect(try desk.journal.problems.isEmpty)
    #expect(try desk.journal.entries.map(\.outcome) == [.done, .done])
  }
}
