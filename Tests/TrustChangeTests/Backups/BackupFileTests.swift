import Glibc
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// The file of a backup: its owner's alone, never over anything, whole or not there (reference/security.md, row B-05).
@Suite("Writing a backup", .serialized)
struct BackupFileTests {
  private static func archive() throws -> BackupArchive {
    let machine = try SandboxMachine()
    try machine.fill(try freshKey())
    try machine.write("/root/.docker/trust/big", [UInt8](repeating: 7, count: 100_000))
    return try Desk(machine).backup()
  }

  @Test(
    "Readable by its owner alone, whatever the umask; what is in it is read back",
    arguments: [0, 0o077, 0o777] as [UInt32])
  func mode(mask: UInt32) throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/backup.tar"
    let archive = try Self.archive()
    try OwnThread.run(umask: mask) {
      try BackupFile.write(archive, to: path)
      return ()
    }
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o600)
    #expect(try BackupArchive(file: path) == archive)
    #expect(try folder.list() == ["backup.tar"])
  }

  /// What is in the place of the file.
  static let obstacles: [(String, @Sendable (String) throws -> Void)] = [
    ("a file", { _ = try ChildProcess.run(["touch", $0]) }), ("a FIFO", { mkfifo($0, 0o600) }),
    ("a directory", { mkdir($0, 0o700) }), ("a dangling link", { symlink("/nonexistent/x", $0) }),
    ("a link to a file", { symlink("/dev/null", $0) }),
    ("a link to nothing here", { symlink("target", $0) }),
  ]

  @Test("Nothing is written over or through what is there", arguments: obstacles.indices)
  func exists(index: Int) throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/backup.tar"
    try Self.obstacles[index].1(path)
    let archive = try Self.archive()
    do throws(ChangeError) {
      try BackupFile.write(archive, to: path)
      Issue.record("written")
    } catch {
      #expect(error.reason == .declined)
      #expect(error.description.contains("exists already"), "\(error)")
    }
    #expect(try folder.list() == ["backup.tar"])
  }

  @Test("What is no name of a file in a directory that is there is refused")
  func names() throws {
    let folder = try TemporaryDirectory()
    let archive = try Self.archive()
    for path in ["", "/", folder.path + "/", folder.path + "/.", folder.path + "/..", folder.path + "/none/x"] {
      #expect(throws: ChangeError.self, "\(path)") { try BackupFile.write(archive, to: path) }
    }
    #expect(try folder.list().isEmpty)
  }

  @Test("A full disk leaves no part of it", .enabled(if: geteuid() == 0))
  func fullDisk() throws {
    let folder = try TemporaryDirectory()
    let outcome = try ChildProcess.run(["mount", "-t", "tmpfs", "-o", "mode=0755,size=64k", "none", folder.path])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    defer { _ = try? ChildProcess.run(["umount", "-l", folder.path]) }
    let archive = try Self.archive()
    #expect(throws: ChangeError.self) { try BackupFile.write(archive, to: folder.path + "/backup.tar") }
    #expect(try folder.list().isEmpty)
  }

  @Test("The system is never asked for a file that others could open, and is asked to keep what was written")
  func systemCalls() throws {
    let program = try #require(BuiltProgram.path("keyreeve"))
    let machine = try SandboxMachine()
    try machine.fill(try freshKey())
    let file = machine.located("/backup.tar")
    let trace = machine.located("/trace")
    let command =
      #"umask 000; exec strace -f -qq -e trace=openat,open,fsync,fchmod -o "$1" "$2" backup "$3" --sysroot "$4""#
    let outcome = try ChildProcess.run(
      ["sh", "-c", command, "sh", trace, program, file, machine.path],
      environment: ChildProcess.cleanEnvironment.merging(["HOME": "/root"]) { $1 })
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let lines = try ChildProcess.run(["cat", trace]).text.split(separator: "\n")
    let made = lines.filter { $0.contains("O_CREAT") && $0.contains("backup.tar") }
    #expect(made.count == 1)
    #expect(made.allSatisfy { $0.contains("O_EXCL") && $0.contains("O_NOFOLLOW") && $0.contains("0600") })
    // The file, then the directory that names it.
    #expect(lines.count { $0.contains("fsync") } >= 2)
  }
}
