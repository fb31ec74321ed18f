import ContentChange
import ContentTrust
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Rotations by our command, read by those who have kept an old root, and gone on with by notary.
@Suite("Rotations of keys", .timeLimit(.minutes(10)))
struct RotationTests {
  static let cases: [[String]] = [
    ["root"], ["root", "--sign-with-previous", "1"], ["targets"], ["snapshot", "--local"],
    ["snapshot", "--server-managed"],
    ["timestamp"],
  ]

  @Test("Old readers follow, notary publishes on, notary rotates after us, and we after notary", arguments: cases)
  func followed(words: [String]) throws {
    let desk = try RotationDesk()
    let readers = try OldReaders(desk)
    let role = RoleName(stringLiteral: words[0])
    let old = try desk.serverKeys(role)
    let outcome = try desk.rotate(words)
    try #require(outcome.status == 0, "\(outcome.errorText)")
    let new = try desk.serverKeys(role)
    // The certificate of an old root stays listed, the key of another role does not.
    let listed = try desk.read().trusted.root.keys.map(\.canonicalID)
    #expect(listed.contains(old[0]) == (role == .root))
    #expect(new.count == 1 && new != old)
    // The old key stays, and is remembered as superseded.
    if role != .timestamp { #expect(old.allSatisfy(desk.keys.holds)) }
    let record = try desk.ledger.record()
    #expect(record.underWay.isEmpty && record.superseded.map(\.key) == old)
    #expect(try readers.sees("v1"))
    try desk.publish("v2")
    #expect(try readers.sees("v2"))
    // Notary rotates the same role, then we do so again.
    let theirs = try desk.notaryRotate(
      [words[0]] + (role == .timestamp || words.contains("--server-managed") ? ["-r"] : []))
    #expect(theirs.status == 0, "\(theirs.text)")
    let again = try desk.rotate(words)
    #expect(again.status == 0, "\(again.errorText)")
    try desk.publish("v3")
    #expect(try readers.sees("v3"))
    #expect(try desk.holdsItsKeys())
    let doctor = try desk.doctor()
    #expect(doctor.status == 0, "\(doctor.text)")
  }

  @Test("The snapshot goes to the server and comes back")
  func snapshot() throws {
    let desk = try RotationDesk()
    let readers = try OldReaders(desk)
    #expect(try desk.rotate(["snapshot", "--server-managed"]).status == 0)
    #expect(try !desk.serverKeys(.snapshot).contains(where: desk.keys.holds))
    #expect(try desk.rotate(["snapshot", "--local"]).status == 0)
    #expect(try desk.serverKeys(.snapshot).allSatisfy(desk.keys.holds))
    #expect(try readers.sees("v1"))
    try desk.publish("v2")
    #expect(try readers.sees("v2"))
  }

  @Test("A key that is here, and one out of a file, take the place of the old one")
  func given() throws {
    let desk = try RotationDesk()
    let readers = try OldReaders(desk)
    let made = try desk.peer.makeDelegationKey("other")
    #expect(try desk.rotate(["targets", "--key", made.key]).status == 0)
    let first = try desk.serverKeys(.targets)
    #expect(try desk.rotate(["targets"]).status == 0)
    // Back to the one before, whose file is here still.
    #expect(try desk.rotate(["targets", "--key", first[0].description]).status == 0)
    #expect(try desk.serverKeys(.targets) == first)
    #expect(try desk.ledger.record().superseded.allSatisfy { $0.key != first[0] })
    #expect(try readers.sees("v1"))
    let same = try desk.rotate(["targets", "--key", first[0].description])
    #expect(same.status == 2 && same.errorText.contains("already"), "\(same.errorText)")
  }

  @Test("Without agreement, and in a dry run, nothing is written or sent", arguments: cases)
  func declined(words: [String]) throws {
    let desk = try RotationDesk()
    let before = try desk.read().update.rootOctets
    let files = desk.machine.names(in: RotationDesk.trust + "/private")
    let silent = try desk.keyreeve(["content", "key", "rotate", RotationDesk.name] + words)
    #expect(silent.status == 3 && silent.errorText.contains("--yes"), "\(silent.errorText)")
    let dry = try desk.keyreeve(["content", "key", "rotate", RotationDesk.name] + words + ["--dry-run"])
    #expect(dry.status == 0 && dry.text.contains("dry run"), "\(dry.errorText)")
    #expect(try desk.read().update.rootOctets == before)
    #expect(desk.machine.names(in: RotationDesk.trust + "/private") == files)
    #expect(try desk.ledger.record() == RotationRecord())
  }

  @Test("Older roots' keys sign a new root as well, as far as they are here")
  func previous() throws {
    let desk = try RotationDesk()
    let first = try desk.serverKeys(.root)
    for _ in 0..<2 { #expect(try desk.rotate(["root"]).status == 0) }
    let outcome = try desk.rotate(["root", "--sign-with-previous", "2", "--json"])
    #expect(outcome.status == 0 && outcome.text.contains(first[0].description), "\(outcome.text)\(outcome.errorText)")
    let without = try desk.rotate(["root", "--json"])
    #expect(without.status == 0)
    let document = without.text.components(separated: "\"signers\"").dropFirst().joined()
    #expect(!document.contains(first[0].description))
  }
}

extension String {
  fileprivate func components(separated separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
