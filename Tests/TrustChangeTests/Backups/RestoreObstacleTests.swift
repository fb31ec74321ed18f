import Glibc
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// Restores that meet something in their way: all of a store or nothing (reference/security.md, row B-06).
@Suite("When a restore cannot be done", .serialized)
struct RestoreObstacleTests {
  /// What stands in the place of a file, or of a directory above it.
  static let obstacles: [(String, @Sendable (SandboxMachine) throws -> Void)] = [
    (
      "a link in the place of a file",
      {
        try $0.write("/target", Kept.key)
        try $0.link(Kept.keyPath, to: $0.located("/target"))
      }
    ),
    ("a directory in the place of a file", { try $0.makeDirectory(Kept.keyPath) }),
    (
      "a FIFO in the place of a file",
      { machine in
        try machine.makeDirectory(Kept.trust + "/private")
        try machine.makeFIFO(Kept.keyPath)
      }
    ),
    ("a file in the place of a directory", { try $0.write(Kept.trust + "/private", [1]) }),
    (
      "a link in the place of a directory",
      {
        try $0.makeDirectory("/elsewhere")
        try $0.link(Kept.trust + "/private", to: $0.located("/elsewhere"))
      }
    ),
    (
      "a link in the place of the store",
      {
        try $0.makeDirectory("/elsewhere")
        try $0.link(Kept.trust, to: $0.located("/elsewhere"))
      }
    ),
  ]

  @Test("Nothing is written through what stands in the way, before the plan or after it", arguments: obstacles.indices)
  func obstacle(index: Int) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.fill(try freshKey())
    let archive = try desk.backup()
    try machine.empty()
    let planned = try desk.restore(archive, only: [.contentTrust])
    try Self.obstacles[index].1(machine)
    let files = try machine.stored
    #expect(throws: ChangeError.self) { try desk.restore(archive, only: [.contentTrust]) }
    #expect(throws: ChangeError.self) { try desk.apply(planned) }
    #expect(try machine.stored == files)
    #expect(machine.names(in: "/elsewhere")?.isEmpty ?? true)
    #expect(try desk.journal.entries.allSatisfy { $0.outcome == .rolledBack })
    // The other stores do not depend on this one.
    try desk.apply(try desk.restore(archive, only: [.trustedKeys, .configuration]))
    #expect(machine.contents(Kept.openPath) != nil)
  }

  @Test("A file that has appeared or changed since the plan is not overwritten")
  func changedSincePlan() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.fill(try freshKey())
    let archive = try desk.backup()
    try machine.empty()
    let plan = try desk.restore(archive)
    try machine.write(Kept.metadataPath, Kept.metadata(9))
    #expect(throws: ChangeError.changedSincePlan(file: Kept.metadataPath)) {
      try desk.log.apply(plan.changes[1], at: Moment.now)
    }
    #expect(machine.contents(Kept.keyPath) == nil)
    #expect(try desk.journal.entries.isEmpty)
  }

  @Test("A full disk under a store leaves nothing of it, and a second try completes", .enabled(if: geteuid() == 0))
  func fullDisk() throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.fill(try freshKey())
    for index in 0..<20 { try machine.write(Kept.trust + "/private/\(index).key", [UInt8](repeating: 1, count: 8192)) }
    let archive = try desk.backup()
    let files = try machine.stored
    try machine.empty()
    try mounted("/root", of: machine, size: "96k") {
      let plan = try desk.restore(archive)
      _ = try desk.log.apply(plan.changes[0], at: Moment.now)
      #expect(throws: ChangeError.self) { try desk.log.apply(plan.changes[1], at: Moment.now) }
      _ = try desk.log.apply(plan.changes[2], at: Moment.now)
      #expect(try machine.stored.keys.allSatisfy { !$0.hasPrefix("/root") })
      #expect(try desk.journal.entries.map(\.outcome) == [.done, .rolledBack, .done])
      #expect(try ChildProcess.run(["mount", "-o", "remount,size=1m", machine.located("/root")]).status == 0)
      try desk.apply(try desk.restore(archive))
      #expect(try machine.stored == files)
    }
  }

  @Test("The command restores the stores that it can, and says which it could not", .enabled(if: geteuid() == 0))
  func readOnlyStore() throws {
    let program = try #require(BuiltProgram.path("keyreeve"))
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.fill(try freshKey())
    let folder = try TemporaryDirectory()
    let file = folder.path + "/backup.tar"
    try BackupFile.write(try desk.backup(), to: file)
    try machine.empty()
    try machine.makeDirectory("/etc/keyreeve")
    let etc = machine.located("/etc")
    #expect(try ChildProcess.run(["mount", "--bind", etc, etc]).status == 0)
    defer { _ = try? ChildProcess.run(["umount", "-l", etc]) }
    #expect(try ChildProcess.run(["mount", "-o", "remount,bind,ro", etc]).status == 0)
    let environment = ChildProcess.cleanEnvironment.merging(["HOME": "/root"]) { $1 }
    let outcome = try ChildProcess.run(
      [program, "restore", file, "--yes", "--sysroot", machine.path], environment: environment)
    #expect(outcome.status == 1)
    #expect(outcome.errorText.contains("failed, and nothing of it is left: restore trusted-keys"))
    #expect(outcome.text.contains("done: restore content-trust"))
    #expect(machine.contents(Kept.keyPath) == Kept.key)
    #expect(try desk.journal.entries.map(\.outcome) == [.rolledBack, .done, .rolledBack])
  }

  @Test(
    "A log that names another directory for content trust is not obeyed",
    arguments: ["/etc", "/root/.docker/trust/private", "/root/../etc/trust", "relative/trust"])
  func forgedLog(directory: String) throws {
    let machine = try SandboxMachine()
    let desk = Desk(machine)
    try machine.write(Kept.keyPath, Kept.key)
    let archive = try desk.backup()
    try machine.empty()
    let id = try #require(try desk.apply(try desk.restore(archive)).first)
    let log = "/var/lib/keyreeve/journal/log.jsonl"
    let text = String(decoding: try #require(machine.contents(log)), as: UTF8.self)
    let forged = text.replacing(#""contentTrust":"\#(Kept.trust)""#, with: #""contentTrust":"\#(directory)""#)
    #expect(forged != text)
    try machine.write(log, Array(forged.utf8))
    #expect(throws: ChangeError.self) { try desk.undo(id) }
    #expect(machine.contents(Kept.keyPath) == Kept.key)
  }

  private func mounted(_ place: String, of machine: SandboxMachine, size: String, _ body: () throws -> Void) throws {
    try machine.makeDirectory(place)
    let path = machine.located(place)
    let outcome = try ChildProcess.run(["mount", "-t", "tmpfs", "-o", "mode=0755,size=\(size)", "none", path])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    defer { _ = try? ChildProcess.run(["umount", "-l", path]) }
    try body()
  }
}
