import ContentChange
import ContentSigning
import Glibc
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Keys and backups on a disk that has no room left: as it was, or as it was to be, and nothing left over.
@Suite("Keys on a full disk", .enabled(if: geteuid() == 0), .timeLimit(.minutes(5)))
struct KeyFullDiskTests {
  enum Verb: String, CaseIterable, Sendable { case generate, `import`, passwd, remove, backup }

  private static let rooms: [FullDisk.Room] = (0...3).map { .blocks($0) } + (0...5).map { .names($0) }

  /// The words of a command, and the lines of passphrases that it takes.
  private func words(_ verb: Verb, _ desk: KeyDesk) throws -> (words: [String], lines: [String]) {
    let key = try desk.place(passphrase: "old word")
    switch verb {
    case .generate: return (["content", "key", "generate"], ["new word"])
    case .import:
      try desk.shell("mv ..\(desk.file(key)) source")
      return (["content", "key", "import", "source"], ["old word"])
    case .passwd: return (["content", "key", "passwd", "\(key.id)"], ["old word", "new word"])
    case .remove: return (["content", "key", "remove", "\(key.id)", "--copy", "copy"], [])
    case .backup: return (["backup", "b"], [])
    }
  }

  @Test("Nothing is lost, nothing is left over, and with room it is done", arguments: Verb.allCases)
  func full(verb: Verb) throws {
    var failed = 0
    for room in Self.rooms {
      let desk = try KeyDesk()
      let (words, lines) = try words(verb, desk)
      let input = Array(lines.map { $0 + "\n" }.joined().utf8)
      // The same lines are read in both runs.
      try desk.machine.write("/desk/lines", input, mode: 0o600)
      let options = lines.isEmpty ? "" : " --passphrase-fd 3 3< lines"
      let outcome = try FullDisk(desk.machine).run(room, in: "/desk") { under in
        try desk.run(words, under: under + ["bash", "-c", "exec \"$@\"\(options)", "with"])
      }
      let step = "\(verb), \(room): \(outcome.command.status) \(outcome.command.errorText)"
      #expect(outcome.leftovers.isEmpty, "\(step) \(outcome.leftovers)")
      let gone = Set(outcome.before.keys).subtracting(outcome.after.keys)
      let ours = outcome.changed.filter { !$0.hasPrefix("./var/") }
      if outcome.command.status == 0 {
        #expect(!ours.isEmpty && (verb == .remove) == !gone.isEmpty, "\(step) \(ours)")
      } else {
        failed += 1
        #expect(outcome.command.status == 1 && outcome.command.errorText.contains("No space left"), "\(step)")
        // A copy that is whole may stay where the key itself could not be removed.
        #expect(ours.isEmpty || verb == .remove && ours == ["./desk/copy"], "\(step) \(ours)")
        #expect(outcome.again == (ours.isEmpty ? 0 : outcome.again), "\(step): again \(outcome.again ?? -1)")
      }
    }
    #expect(failed >= 2 && failed < Self.rooms.count, "\(failed)")
  }
}
