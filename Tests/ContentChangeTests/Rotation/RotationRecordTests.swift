import ContentChange
import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

@Suite("What is remembered of rotations")
struct RotationRecordTests {
  private let repository: Repository

  init() throws { repository = try Repository("example.com/app") }

  private func id(_ number: Int) throws -> KeyID {
    let digits = String(number, radix: 16)
    return try #require(KeyID(String(repeating: "0", count: 64 - digits.count) + digits))
  }

  private func attempt(_ number: Int) throws -> RotationRecord.Attempt {
    RotationRecord.Attempt(
      [.init(role: .targets, old: [try id(1)], new: try id(2), listed: try id(3), file: "/t/private/2.key")],
      documents: [.init(.root, version: 2)], host: "https://host", began: Timestamp(seconds: Int64(number)),
      stage: .sent)
  }

  @Test("It comes back as it was written, for its own repository alone")
  func round() throws {
    var record = RotationRecord()
    record.underWay = [try attempt(1), try attempt(2)]
    record.superseded = [.init(try id(1), role: .root, by: try id(2), when: Timestamp(seconds: 5))]
    let octets = record.octets(of: repository)
    #expect(RotationRecord(octets, of: repository) == record)
    #expect(RotationRecord(octets, of: try Repository("example.com/other")) == nil)
    #expect(RotationRecord(octets.dropLast(3).map(\.self), of: repository) == nil)
  }

  @Test("Limits: as many rotations and superseded keys, and no more")
  func limits() throws {
    var record = RotationRecord()
    record.underWay = try (0..<RotationRecord.attemptLimit).map(attempt)
    #expect(RotationRecord(record.octets(of: repository), of: repository) == record)
    record.underWay.append(try attempt(99))
    #expect(RotationRecord(record.octets(of: repository), of: repository) == nil)
    record.underWay = []
    record.superseded = try (1...RotationRecord.supersededLimit + 1).map {
      .init(try id($0), role: .targets, by: try id(0), when: Timestamp(seconds: 1))
    }
    let read = try #require(RotationRecord(record.octets(of: repository), of: repository))
    let second = try id(2)
    #expect(read.superseded.count == RotationRecord.supersededLimit && read.superseded.first?.key == second)
  }

  @Test(
    "A record that is damaged stops every rotation, and is named",
    arguments: ["{}", "", "{\"schema\":\"keyreeve.rotations/1\"}"])
  func damaged(text: String) throws {
    let desk = try RotationDesk()
    let file = "/var/lib/keyreeve/content-trust/example.com/team/app/+rotations.json"
    try desk.machine.write(file, Array(text.utf8))
    let outcome = try desk.rotate(["targets"])
    #expect(outcome.status == 1 && outcome.errorText.contains("+rotations.json"), "\(outcome.errorText)")
    let doctor = try desk.doctor()
    #expect(doctor.status == 4 && doctor.text.contains("rotation-record"))
  }

  @Test("Spans and counts at their limits")
  func spans() throws {
    let desk = try RotationDesk()
    for span in ["0d", "36500d", "100y"] { #expect(try desk.doctor(["--within", span]).status != 2, "\(span)") }
    for span in ["36501d", "101y", "d", "-1d", "7", "7x", ""] {
      #expect(try desk.doctor(["--within", span]).status == 2, "\(span)")
    }
    for (count, isTaken) in [("100", true), ("101", false), ("-1", false)] {
      let outcome = try desk.keyreeve(
        ["content", "key", "rotate", RotationDesk.name, "root", "--dry-run", "--sign-with-previous=\(count)"])
      #expect((outcome.status == 0) == isTaken, "\(count): \(outcome.errorText)")
    }
    for words in [
      ["targets", "--server-managed"], ["root", "--server-managed"], ["timestamp", "--local"], ["other"],
      ["targets", "--replace", "12"],
    ] {
      #expect(try desk.rotate(words).status == 2, "\(words)")
    }
  }

  @Test("doctor wants one repository or all, and --all goes through what is kept here")
  func all() throws {
    let desk = try RotationDesk()
    let outcome = try desk.keyreeve(["content", "doctor", "--all", "--json"])
    #expect(
      outcome.status == 0 && outcome.text.contains("keyreeve.diagnosis/1") && outcome.text.contains(RotationDesk.name))
    #expect(try desk.keyreeve(["content", "doctor"]).status == 2)
    #expect(try desk.doctor(["--all"]).status == 2)
    desk.peer.stop()
    let silent = try desk.keyreeve(["content", "doctor", "--all"])
    #expect(silent.status == 4 && silent.text.contains("unreachable"), "\(silent.text)")
  }

  @Test("A role with several keys is rotated key by key")
  func several() throws {
    let desk = try RotationDesk()
    let reading = try desk.read()
    let root = reading.trusted.root
    let key = root.keys(of: .targets).keys[0].canonicalID
    #expect(try KeyReplacement.outgoing(.targets, of: root, named: [key], repository: desk.repository).count == 1)
    #expect(throws: RotationError.self) {
      try KeyReplacement.outgoing(.targets, of: root, named: [try id(7)], repository: desk.repository)
    }
  }
}
