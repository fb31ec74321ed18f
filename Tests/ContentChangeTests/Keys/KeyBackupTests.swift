import ContentSigning
import TestSupport
import Testing

/// Backups of the keys of docker and of notary, made and brought back by the commands.
@Suite("Backups of both folders of keys", .timeLimit(.minutes(3)))
struct KeyBackupTests {
  private static let words = [
    "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "right word", "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "right word",
  ]
  private static let notary = "/home/.notary/private"

  /// A key in each of the two folders.
  private func desk() throws -> (KeyDesk, docker: PrivateSigningKey, notary: PrivateSigningKey) {
    let desk = try KeyDesk()
    let notary = try desk.place(role: "alice")
    try desk.shell("mkdir -m 700 ../home/.notary ..\(Self.notary); mv ..\(KeyDesk.keys)/* ..\(Self.notary)/")
    return (desk, try desk.place(), notary)
  }

  @Test("Both are kept, tried, and put back where each belongs; undo takes each back")
  func both() throws {
    let (desk, docker, notary) = try desk()
    let made = try desk.run(["backup", "b"])
    #expect(made.status == 0 && !made.errorText.contains("not kept"), "\(made.errorText)")
    #expect(made.text.contains("notary-trust   1 file: 1 private keys"), "\(made.text)")
    let drill = try desk.run(["backup", "--check", "b"], Self.words)
    #expect(drill.status == 0 && drill.text.contains("opens      private/\(docker.id).key"), "\(drill.text)")
    #expect(drill.text.contains("opens      notary-trust/private/\(notary.id).key"), "\(drill.text)")
    let bad = try desk.run(
      ["backup", "--check", "b"], Self.words.merging(["DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "no"]) { $1 })
    #expect(bad.status == 4 && bad.text.contains("fails      notary-trust/private/\(notary.id).key"), "\(bad.text)")
    try desk.shell("rm -r ../home/.docker/trust ../home/.notary")
    let restored = try desk.run(["restore", "b", "--yes"])
    #expect(restored.status == 0, "\(restored.errorText)")
    #expect(desk.names == ["\(docker.id).key"] && desk.machine.names(in: Self.notary) == ["\(notary.id).key"])
    #expect(desk.machine.mode("\(Self.notary)/\(notary.id).key") == 0o600 && desk.machine.mode(Self.notary) == 0o700)
    #expect(try desk.notary(["key", "list"]).text.contains("\(docker.id)"))
    let back = try #require(restored.text.split(separator: "\n").last { $0.contains("keyreeve undo") })
    let id = try #require(back.split(separator: " ").drop { $0 != "undo" }.dropFirst().first)
    let undone = try desk.run(["undo", "\(id)"])
    #expect(undone.status == 0 && desk.machine.names(in: Self.notary) == [], "\(undone.errorText)")
    #expect(desk.names.count == 1)
  }

  @Test("A key of notary's folder is removed once a backup holds it, and the command that brings it back does")
  func removed() throws {
    let (desk, _, notary) = try desk()
    #expect(try desk.run(["backup", "b"]).status == 0)
    let removed = try desk.key(["remove", "\(notary.id)", "--backup", "b"])
    #expect(removed.status == 0 && removed.text.contains("restore b --only notary-trust"), "\(removed.text)")
    #expect(desk.machine.names(in: Self.notary) == [])
    #expect(try desk.run(["restore", "b", "--yes", "--only", "notary-trust"]).status == 0)
    #expect(desk.machine.names(in: Self.notary) == ["\(notary.id).key"])
  }

  @Test("An open key of notary's folder gets its passphrase in the backup alone")
  func open() throws {
    let (desk, _, notary) = try desk()
    try desk.shell("rm ..\(Self.notary)/*")
    let open = try desk.place(role: "bob", passphrase: nil)
    try desk.shell("mv ..\(desk.file(open)) ..\(Self.notary)/")
    let refused = try desk.run(["backup", "b"])
    #expect(refused.status == 3 && refused.errorText.contains("notary-trust/private/\(open.id).key"))
    #expect(try desk.run(["backup", "b"], Self.words).status == 0)
    let archive = String(decoding: desk.machine.contents("/desk/b") ?? [], as: UTF8.self)
    #expect(!archive.contains("BEGIN PRIVATE KEY") && !archive.contains("\(notary.id)"))
  }

  @Test(
    "A key that cannot be in it stops the backup: nothing is written, and the file is named", arguments: [true, false])
  func incomplete(isTwin: Bool) throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    let other = isTwin ? "\(key.id)".uppercased() + ".key" : "other.key"
    let file = "..\(KeyDesk.keys)/\(other)"
    try desk.shell(isTwin ? "cp ..\(desk.file(key)) \(file)" : "ln -s /nowhere \(file)")
    let refused = try desk.run(["backup", "b"])
    let left = isTwin ? "\(key.id).key" : other
    #expect(refused.status == 1 && refused.errorText.contains("\(KeyDesk.keys)/\(left)"), "\(refused.errorText)")
    #expect(desk.machine.names(in: "/desk") == [])
  }
}
