import ContentChange
import ContentTrust
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Killed before whichever call that changes the disk: afterwards the old state or the new one, and no key lost.
@Suite("A crash while a key is rotated", .timeLimit(.minutes(10)))
struct RotationCrashTests {
  /// Whatever gives or takes a name: what is synced before is the state that it leaves.
  private static let calls = ["mkdirat", "renameat", "linkat", "unlinkat"]

  @Test(
    "Every name that is given or taken", arguments: [["targets"], ["root"], ["snapshot", "--local"], ["timestamp"]])
  func everyStep(words: [String]) throws {
    let desk = try RotationDesk()
    let counts = try steps(desk, words)
    #expect((counts["renameat"] ?? 0) >= 3 && (words == ["timestamp"] || counts["linkat"] == 1), "\(counts)")
    var states: Set<Bool> = []
    // The first role is killed everywhere, the others where their records and documents get their names.
    for call in words == ["targets"] ? Self.calls : ["renameat"] {
      for step in 1...max(1, counts[call] ?? 0) where counts[call] != nil {
        let role = RoleName(stringLiteral: words[0])
        let before = try desk.serverKeys(role)
        let killed = try rotate(desk, words, under: ["-e", "inject=\(call):signal=KILL:when=\(step)"])
        guard killed.status == 137 else { continue }
        states.insert(try desk.serverKeys(role) != before)
        try check(desk, "\(words) \(call) \(step)")
      }
    }
    #expect(states == [true, false])
    try desk.publish("v2")
  }

  /// The keys of what the server has are here; doctor says what was interrupted; repair ends it.
  private func check(_ desk: RotationDesk, _ step: String) throws {
    #expect(try desk.holdsItsKeys(), "\(step)")
    let record = try desk.ledger.record()
    let doctor = try desk.doctor()
    #expect(doctor.text.contains("rotation-interrupted") == !record.underWay.isEmpty, "\(step): \(doctor.text)")
    let mended = try desk.repair()
    #expect(mended.status == 0, "\(step): \(mended.errorText)")
    let after = try desk.ledger.record().underWay
    // Only what may have been sent, and was not taken, waits.
    #expect(after.allSatisfy { $0.stage == .sent }, "\(step)")
    #expect(try desk.holdsItsKeys(), "\(step)")
    #expect(try strangers(desk).isEmpty, "\(step)")
    let leftovers = (desk.machine.names(in: RotationDesk.trust + "/private") ?? []).filter { !$0.hasSuffix(".key") }
    #expect(leftovers.count <= 1, "\(step): \(leftovers)")
  }

  /// Key files that neither the server nor the record knows.
  private func strangers(_ desk: RotationDesk) throws -> [String] {
    let (root, record) = (try desk.read().trusted.root, try desk.ledger.record())
    let known =
      root.keys.map(\.canonicalID) + record.superseded.map(\.key) + record.underWay.flatMap(\.replacements).map(\.new)
    let names = Set(known.map { "\($0).key" })
    return (desk.machine.names(in: RotationDesk.trust + "/private") ?? []).filter {
      $0.hasSuffix(".key") && !names.contains($0)
    }
  }

  private func rotate(
    _ desk: RotationDesk, _ words: [String], under options: [String]
  ) throws -> ChildProcess.Outcome {
    try desk.keyreeve(
      ["content", "key", "rotate", RotationDesk.name] + words + ["--yes", "--no-passphrase"],
      under: [
        "strace", "-f", "-qq", "-o", desk.machine.located("/trace"), "-e", "trace=" + Self.calls.joined(separator: ","),
      ] + options)
  }

  /// How often each call is made in a whole run.
  private func steps(_ desk: RotationDesk, _ words: [String]) throws -> [String: Int] {
    let outcome = try rotate(desk, words, under: [])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let lines = String(decoding: desk.machine.contents("/trace") ?? [], as: UTF8.self).split(separator: "\n")
    return lines.reduce(into: [:]) { counts, line in
      guard let call = Self.calls.first(where: { line.contains(" \($0)(") }) else { return }
      counts[call, default: 0] += 1
    }
  }
}
