import Glibc
import TestSupport
import Testing

/// A repository in a folder on a disk without room: readers see the state before or the one after, whole.
@Suite("A folder on a full disk", .enabled(if: geteuid() == 0), .timeLimit(.minutes(5)))
struct FolderFullDiskTests {
  private static let rooms: [FullDisk.Room] =
    (0...24).filter { $0 < 10 || $0 % 3 == 0 }.map { .blocks($0) } + (0...20).map { .names($0) }
  private static let digest = ["--digest", "sha256:" + String(repeating: "a", count: 64), "--size", "3"]

  @Test("Publishing and renewing: old or new, and nothing left over", arguments: ["sign", "refresh"])
  func full(verb: String) throws {
    let words =
      verb == "sign"
      ? ["content", "sign", FolderDesk.name, "v2", "--yes", "--trust-on-first-use"] + Self.digest
      : ["content", "refresh", FolderDesk.name, "--force", "--trust-on-first-use"]
    let desk = try FolderDesk()
    try desk.makeRepository()
    var (old, new) = (0, 0)
    for room in Self.rooms {
      let outcome = try FullDisk(desk.machine).run(room) { try desk.run(words + FolderDesk.server, under: $0) }
      let step = "\(verb), \(room): \(outcome.command.status) \(outcome.command.errorText)"
      let tree = "." + FolderDesk.tree + "/"
      let changed = outcome.changed.filter { $0.hasPrefix("./srv/") }
      let timestamp = tree + "timestamp.json"
      #expect(outcome.leftovers.isEmpty, "\(step) \(outcome.leftovers)")
      #expect(changed.allSatisfy { $0.hasPrefix(tree) }, "\(step) \(changed)")
      if changed.isEmpty {
        old += 1
        #expect(outcome.command.status == 1 && outcome.command.errorText.contains("No space left"), "\(step)")
      } else {
        new += 1
        // All of the new state is there, and the command says so even where nothing more could be kept here.
        #expect(changed.contains(timestamp), "\(step) \(changed)")
        let isSaid = outcome.command.status == 0 || outcome.command.errorText.contains("No space left")
        #expect(isSaid, "\(step)")
      }
      #expect(outcome.again == 0, "\(step): again \(outcome.again ?? -1)")
    }
    #expect(old > 3 && new > 3, "\(old) \(new)")
  }
}
