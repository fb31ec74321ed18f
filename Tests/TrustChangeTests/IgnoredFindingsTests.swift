import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// Decisions to live with findings of the audit.
@Suite("Ignored findings")
struct IgnoredFindingsTests {
  private static let author = JournalEntry.Author(uid: 0, user: "root", sudoUser: "alice")

  private func finding(_ id: String, mark: String) -> Finding {
    var finding = Finding(id: id, severity: .warning, file: "/etc/rkt/trustedkeys/root.d/x", message: "\(id) of x")
    finding.mark = mark
    return finding
  }

  private func state(_ machine: SandboxMachine) -> StateDirectory {
    StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil }
  }

  @Test("A decision is kept with its reason, its author and its moment, and taken back")
  func kept() throws {
    let machine = try SandboxMachine()
    let state = state(machine)
    let file = IgnoredFindingsFile(state, author: Self.author)
    try file.ignore(finding("stray-file", mark: "aa"), reason: "known", at: Moment.now)
    try file.ignore(finding("expired", mark: "bb"), reason: "wanted", at: Moment.now)
    let decisions = try IgnoredFindings(state)
    #expect(decisions.entries.map(\.id) == ["stray-file", "expired"])
    let applied = decisions.applied(to: [finding("stray-file", mark: "aa"), finding("stray-file", mark: "cc")])
    #expect(applied[0].ignored == Finding.Ignored(reason: "known", by: "alice", when: Moment.now))
    #expect(applied[1].ignored == nil)
    try file.heed(finding("stray-file", mark: "aa"))
    #expect(try IgnoredFindings(state).entries.map(\.id) == ["expired"])
    #expect(throws: ChangeError.self) { try file.heed(finding("stray-file", mark: "aa")) }
    #expect(machine.mode("/var/lib/keyreeve/audit-ignored.json") == 0o644)
  }

  @Test("A reason of as many octets as the limit is kept; none, or one octet more, is not")
  func reasons() throws {
    let machine = try SandboxMachine()
    let file = IgnoredFindingsFile(state(machine), author: Self.author)
    let longest = String(repeating: "é", count: IgnoredFindings.reasonLimit / 2)
    try file.ignore(finding("expired", mark: "aa"), reason: longest, at: Moment.now)
    for reason in ["", longest + "x"] {
      #expect(throws: ChangeError.self) {
        try file.ignore(finding("expired", mark: "bb"), reason: reason, at: Moment.now)
      }
    }
    #expect(try IgnoredFindings(state(machine)).entries.count == 1)
  }

  @Test("As many decisions as the limit are kept, and not one more")
  func many() throws {
    var decisions = IgnoredFindings()
    let decision = Finding.Ignored(reason: "known", by: "alice", when: Moment.now)
    for number in 0..<IgnoredFindings.limit { decisions.ignore(finding("expired", mark: "\(number)"), decision) }
    let machine = try SandboxMachine()
    try machine.write("/var/lib/keyreeve/audit-ignored.json", decisions.octets)
    let file = IgnoredFindingsFile(state(machine), author: Self.author)
    try file.ignore(finding("expired", mark: "0"), reason: "again", at: Moment.now)
    #expect(throws: ChangeError.self) { try file.ignore(finding("expired", mark: "more"), reason: "x", at: Moment.now) }
    #expect(try IgnoredFindings(state(machine)).entries.count == IgnoredFindings.limit)
  }

  @Test("A file that is none, a link or too large ignores nothing and is not written over", arguments: 0..<4)
  func unusable(kind: Int) throws {
    let machine = try SandboxMachine()
    let path = "/var/lib/keyreeve/audit-ignored.json"
    switch kind {
    case 0: try machine.write(path, Array("{}".utf8))
    case 1: try machine.write(path, [UInt8](repeating: 0x20, count: IgnoredFindings.octetLimit + 1))
    case 2: try machine.link(path, to: "/dev/null")
    default:
      try machine.write(path, Array(#"{"schema":"keyreeve.ignored/1","findings":[{"id":"x"}]}"#.utf8))
    }
    let before = machine.contents(path)
    #expect(throws: IgnoredFindings.Unreadable.self) { try IgnoredFindings(state(machine)) }
    let file = IgnoredFindingsFile(state(machine), author: Self.author)
    #expect(throws: ChangeError.self) { try file.ignore(finding("expired", mark: "a"), reason: "x", at: Moment.now) }
    #expect(machine.contents(path) == before)
  }
}
