import Glibc
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// K-14 to K-16, K-21: an operating system that refuses.
@Suite("When the system refuses", .serialized)
struct FaultTests {
  private static let journal = "/var/lib/keyreeve/journal"

  @Test("A full disk under the layers leaves everything as it was", .enabled(if: geteuid() == 0))
  func fullLayers() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let keys = try (0..<2).map { _ in try freshKey() }
    try desk.apply(try desk.trust(keys[0].octets))
    try mounted("/etc", of: machine, size: "64k") {
      try machine.makeDirectory(Layer.administrator.directory + "/root.d")
      let plan = try desk.trust(keys[0].octets + keys[1].octets)
      try fill("/etc", of: machine)
      #expect(throws: ChangeError.self) { try desk.apply(plan) }
      #expect(machine.files(of: .administrator).isEmpty)
      #expect(try desk.journal.problems.isEmpty)
      #expect(try desk.journal.entries.last?.outcome == .rolledBack)
      try machine.remove("/etc/filler")
      try desk.apply(plan)
      #expect(machine.files(of: .administrator).count == 2)
    }
  }

  @Test("A full disk under the log lets no change begin", .enabled(if: geteuid() == 0))
  func fullLog() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try mounted("/var", of: machine, size: "64k") {
      let plan = try desk.trust(try freshKey().octets)
      try machine.makeDirectory(Self.journal)
      try fill("/var", of: machine)
      #expect(throws: ChangeError.self) { try desk.apply(plan) }
      #expect(machine.files(of: .administrator).isEmpty)
      try machine.remove("/var/filler")
      try desk.apply(plan)
      #expect(try desk.journal.problems.isEmpty)
    }
  }

  @Test(
    "A disk that is full when the end of a change is logged leaves what the error says", .enabled(if: geteuid() == 0))
  func fullLogAtTheEnd() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    try mounted("/var", of: machine, size: "128k") {
      try desk.apply(try desk.trust(key.octets))
      try desk.apply(try desk.planner.remove(key.fingerprint))
      let plan = try desk.trust(key.octets)
      // The line that begins the change is to end in the log's first page, of 4096 octets, the one that ends it not.
      let length = try #require(machine.contents(Self.journal + "/log.jsonl")).count
      let begin = try #require(machine.contents(Self.journal + "/log.jsonl")).split(separator: 0x0a)[0].count
      let reason = String(repeating: "r", count: 4096 - length - begin - 60)
      try fill("/var", of: machine)
      #expect(throws: ChangeError.self) { try desk.apply(plan, reason: reason) }
      #expect(try desk.journal.entries.map(\.outcome) == [.done, .done, .begun])
      // CONTRACT: an error means that nothing of the change is left.
      #expect(machine.files(of: .administrator).isEmpty)
      try machine.remove("/var/filler")
      try desk.log.recover(at: Moment.now)
      #expect(machine.files(of: .administrator).isEmpty)
      #expect(try desk.journal.problems.isEmpty)
    }
  }

  @Test("A layer that cannot be written says so and is left alone", .enabled(if: geteuid() == 0))
  func readOnly() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let plan = try desk.trust(try freshKey().octets)
    let etc = machine.located("/etc")
    #expect(try ChildProcess.run(["mount", "--bind", etc, etc]).status == 0)
    defer { _ = try? ChildProcess.run(["umount", "-l", etc]) }
    #expect(try ChildProcess.run(["mount", "-o", "remount,bind,ro", etc]).status == 0)
    do {
      try desk.apply(plan)
      Issue.record("written to a read-only layer")
    } catch let error as ChangeError {
      #expect(error.reason == .failed)
      #expect(error.description.contains("sudo"))
    }
    #expect(machine.files(of: .administrator).isEmpty)
    #expect(try desk.journal.entries.map(\.outcome) == [.rolledBack])
  }

  @Test(
    "A prefix tree on another file system is written or refused, and nothing is left over (K-21)",
    .enabled(if: geteuid() == 0))
  func otherFileSystem() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    let key = try freshKey()
    try mounted(Layer.administrator.directory + "/prefix.d", of: machine, size: "256k") {
      let plan = try desk.trust(key.octets, in: try scope("example.com"))
      do {
        try desk.apply(plan)
        #expect(try desk.accepted("example.com") == [key.fingerprint])
      } catch is ChangeError {
        #expect(machine.files(of: .administrator).isEmpty)
      }
      #expect(machine.names(in: Layer.administrator.directory) == ["prefix.d", "root.d"])
    }
  }

  @Test("A user who may not write is told so, and leaves nothing behind", .enabled(if: geteuid() == 0))
  func otherUser() throws {
    let machine = try SandboxMachine()
    let path = machine.path
    let change = try Desk(machine).change(try Desk(machine).trust(try freshKey().octets, in: try scope("example.com")))
    // The log may be written, the top of the layer too, the place of the key not.
    try machine.makeDirectory(Layer.administrator.directory + "/prefix.d/example.com")
    try machine.makeDirectory(Self.journal)
    for directory in [Self.journal, Layer.administrator.directory] { try machine.setMode(directory, 0o777) }
    try OwnThread.run(user: 65534) {
      do throws(ChangeError) {
        _ = try Desk(path).log.apply(change, at: Moment.now)
        Issue.record("written")
      } catch {
        #expect(error.reason == .failed)
        #expect(error.description.contains("sudo"))
      }
    }
    #expect(machine.files(of: .administrator).isEmpty)
    #expect(try Desk(machine).journal.entries.map(\.outcome) == [.rolledBack])
  }

  @Test("A limit on the size of files ends the command with an error, not with a signal (K-15)", arguments: [0, 1])
  func fileSizeLimit(kilobytes: Int) throws {
    let program = try #require(BuiltProgram.path("keyreeve"))
    let machine = try SandboxMachine()
    let keys = try (0..<12).map { _ in try freshKey() }
    try machine.write("/keys", keys.flatMap(\.octets))
    // The homes that gpg is given are files too: room for them, none for the log.
    let outcome = try ChildProcess.run([
      "bash", "-c", #"ulimit -f $3; exec "$1" trust --root --skip-fingerprint-review --sysroot "$2" "$2/keys""#, "bash",
      program, machine.path, "\(kilobytes)",
    ])
    #expect(outcome.status == 1, "\(outcome.errorText)")
    #expect(machine.files(of: .administrator).isEmpty)
    let desk = Desk(machine)
    #expect(try desk.journal.entries.allSatisfy { $0.outcome != .done })
  }

  private func mounted(_ place: String, of machine: SandboxMachine, size: String, _ body: () throws -> Void) throws {
    try machine.makeDirectory(place)
    let path = machine.located(place)
    let outcome = try ChildProcess.run(["mount", "-t", "tmpfs", "-o", "mode=0755,size=\(size)", "none", path])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    defer { _ = try? ChildProcess.run(["umount", "-l", path]) }
    try body()
  }

  /// Takes the last block of a file system.
  private func fill(_ place: String, of machine: SandboxMachine) throws {
    _ = try ChildProcess.run(["dd", "if=/dev/zero", "of=" + machine.located(place + "/filler"), "bs=4096"])
  }
}
