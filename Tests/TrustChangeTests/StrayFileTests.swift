import Glibc
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// Files of the administrator layer that are no keys.
@Suite("Stray files taken away")
struct StrayFileTests {
  private static let own = Layer.administrator.directory

  @Test(
    "Any regular file that is no key's goes, and comes back as it was",
    arguments: ["/root.d/README", "/root.d/" + String(repeating: "AB", count: 20), "/prefix.d/note", "/note"])
  func removed(path: String) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let file = Self.own + path
    try machine.write(file, Array("what somebody wrote".utf8))
    let change = try desk.change(try desk.planner.remove(strayFile: file))
    #expect(change.verb == .remove && change.effects.isEmpty && change.demand == nil)
    let id = try desk.log.apply(change, at: Moment.now)
    #expect(machine.contents(file) == nil)
    // Whatever it held is nobody's business: the log's copy too.
    let kept = "/var/lib/keyreeve/journal/contents/" + Journal.digest(of: Array("what somebody wrote".utf8))
    var status = stat()
    #expect(stat(machine.located(kept), &status) == 0 && status.st_mode & 0o777 == 0o600)
    try desk.apply(try desk.undo(id))
    #expect(machine.contents(file) == Array("what somebody wrote".utf8))
    try desk.apply(try desk.undo(id + 1))
    #expect(machine.contents(file) == nil)
    #expect(try desk.journal.problems.isEmpty)
  }

  @Test("A key's place, the distribution's, another directory, a link, a directory and nothing at all are refused")
  func refused() throws {
    let machine = try SandboxMachine()
    let planner = Desk(machine).planner
    let shipped = try machine.place([1], named: "README", .distribution)
    try machine.link(Self.own + "/root.d/link", to: "/etc/passwd")
    try machine.makeDirectory(Self.own + "/root.d/directory")
    try machine.write("/etc/passwd", [1])
    let key = Self.own + "/root.d/" + String(repeating: "ab", count: 20)
    let files = [
      (key, "is the place of a key: keyreeve remove"), (shipped, "belongs to the distribution"),
      ("/etc/passwd", "is no plain path below"), (Self.own + "/root.d/../../../passwd", "is no plain path below"),
      (Self.own + "/root.d/a\u{1b}b", "is no plain path below"), (Self.own, "is no plain path below"),
      (Self.own + "/root.d/link", "link"), (Self.own + "/root.d/directory", "directory"),
      (Self.own + "/root.d/none", "there is no file"),
    ]
    for (file, words) in files {
      do throws(ChangeError) {
        _ = try planner.remove(strayFile: file)
        Issue.record("\(file) was planned")
      } catch {
        #expect("\(error)".contains(words), "\(error)")
      }
    }
  }

  @Test("A file of 16 MiB goes, one octet more is refused")
  func limit() throws {
    let machine = try SandboxMachine()
    let planner = Desk(machine).planner
    let file = Self.own + "/root.d/large"
    try machine.write(file, [UInt8](repeating: 7, count: Store.fileLimit))
    guard case .change = try planner.remove(strayFile: file) else { return #expect(Bool(false)) }
    try machine.write(file, [UInt8](repeating: 7, count: Store.fileLimit + 1))
    #expect(throws: ChangeError.self) { try planner.remove(strayFile: file) }
  }
}
