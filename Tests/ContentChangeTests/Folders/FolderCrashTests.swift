import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import Stores
import Synchronization
import TestSupport
import Testing
import TrustModel

/// DESIGN, "What must always hold", rule 2: killed before whichever call changes the disk, whoever publishes into a folder leaves the
/// state before or the one after, whole.
@Suite("A crash while a folder is published into", .timeLimit(.minutes(5)))
struct FolderCrashTests {
  private static let calls = ["mkdirat", "fchmod", "fsync", "linkat", "renameat2", "unlinkat"]

  private static let refresh =
    ["content", "refresh", FolderDesk.name, "--force", "--trust-on-first-use"] + FolderDesk.server

  private final class Failures: Sendable {
    private let found = Mutex<[String]>([])
    var all: [String] { found.withLock { $0 } }
    func add(_ text: String) { found.withLock { $0.append(text) } }
  }

  /// How often each call is made in a whole run.
  private func steps(_ desk: FolderDesk) throws -> [String: Int] {
    let outcome = try desk.run(
      Self.refresh,
      under: [
        "strace", "-f", "-qq", "-o", desk.machine.located("/trace"), "-e", "trace=" + Self.calls.joined(separator: ","),
      ])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let lines = String(decoding: desk.machine.contents("/trace") ?? [], as: UTF8.self).split(separator: "\n")
    return lines.reduce(into: [:]) { counts, line in
      guard let call = Self.calls.first(where: { line.contains(" \($0)(") }) else { return }
      counts[call, default: 0] += 1
    }
  }

  @Test("Every step of a change leaves a whole state, and the next change goes on from it")
  func everyStep() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    // The lesson that is kept afterwards has its own tests.
    // What the first reading keeps is kept by then.
    _ = try steps(desk)
    let counts = try steps(desk)
    #expect(counts["renameat2"] == 1 && (counts["fsync"] ?? 0) >= 3, "\(counts)")
    var version = try #require(try desk.read().trusted.timestamp?.head.version)
    var old = 0
    for call in Self.calls {
      for step in 1...max(1, counts[call] ?? 0) where counts[call] != nil {
        let killed = try desk.run(
          Self.refresh,
          under: [
            "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
            "inject=\(call):signal=KILL:when=\(step)",
          ])
        #expect(killed.status == 137, "\(call) \(step): \(killed.status) \(killed.errorText)")
        let now = try #require(try desk.read().trusted.timestamp?.head.version)
        #expect(now == version || now == version + 1, "\(call) \(step)")
        old += now == version ? 1 : 0
        version = now
      }
    }
    #expect(old > 5)
    #expect(try steps(desk)["renameat2"] == 1)
    #expect(desk.machine.names(in: FolderDesk.tree + "/..") == ["tuf"])
    #expect(try desk.read().trusted.timestamp?.head.version == version + 1)
  }

  @Test("Where the file system cannot exchange folders, files come one by one, the timestamp last")
  func withoutExchange() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    _ = try steps(desk)
    for number in ["EINVAL", "EXDEV"] {
      let version = try desk.read().trusted.timestamp?.head.version ?? 0
      let outcome = try desk.run(
        Self.refresh,
        under: [
          "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=renameat2", "-e", "inject=renameat2:error=\(number)",
        ])
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(try desk.read().trusted.timestamp?.head.version == version + 1)
      #expect(desk.machine.names(in: FolderDesk.tree + "/..") == ["tuf"])
    }
    // Any other failure changes nothing.
    let failed = try desk.run(
      Self.refresh,
      under: ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=renameat2", "-e", "inject=renameat2:error=EIO"])
    #expect(failed.status == 1)
    #expect(try desk.read().trusted.timestamp?.head.version == 4)
  }

  @Test("Readers that look all the time see one whole state or the other, also while keys change")
  func readers() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let folder = desk.folder
    let repository = desk.repository
    let failures = Failures()
    let looked = try OwnThread.during {
      for _ in 0..<6 {
        let key = try desk.host().ownKey(of: .timestamp, isNew: true)
        try desk.publisher().publish(at: FolderDesk.now) {
          $0.changeRoot { $0.roles[.timestamp] = .init([key]) }
        } review: { _ in
        }
      }
    } repeat: {
      var pins = TrustPins()
      pins.allowsFirstUse = true
      let reader = RepositoryReader(repository, from: KeptMetadata { _ in nil }, pins: pins, at: FolderDesk.now) {
        folder.answer($0, of: repository)
      }
      do { _ = try reader.read() } catch { failures.add("\(error)") }
    }
    #expect(looked > 10 && failures.all.isEmpty, "\(looked): \(failures.all.prefix(3))")
  }
}
