import ContentSigning
import TestSupport
import Testing

/// A key's file that is a symbolic link: nothing is read through it, and every command ends with the same status.
@Suite("Keys that are links", .timeLimit(.minutes(3)))
struct LinkedKeyTests {
  private static let words = [
    "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "right word", "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "right word",
  ]
  private static let name = "example.com/team/app"
  private static let server = ["--server", "file:///srv"]

  @Test("Status 1 and the file, whatever is to be done with it")
  func oneStatus() throws {
    let desk = try KeyDesk()
    try desk.machine.makeDirectory("/srv")
    let root = try desk.place()
    let begun = try desk.run(
      ["content", "init", Self.name, "--root-key", "\(root.id)", "--yes"] + Self.server, Self.words)
    try #require(begun.status == 0, "\(begun.errorText)")
    // The link itself is open to everybody, and so may be what it leads to.
    try desk.shell("for f in ..\(KeyDesk.keys)/*.key; do mv $f .; ln -s $PWD/${f##*/} $f; chmod 644 ${f##*/}; done")
    let digest = ["--digest", "sha256:" + String(repeating: "a", count: 64), "--size", "3"]
    for words in [
      ["key", "export", "\(root.id)"], ["key", "export", "\(root.id)", "--paper"], ["key", "passwd", "\(root.id)"],
      ["key", "remove", "\(root.id)", "--copy", "copy", "--even-if-needed", "--confirm", "\(root.id)"],
      ["key", "import", "\(root.id).key"], ["sign", Self.name, "v1", "--yes"] + digest + Self.server,
      ["key", "rotate", Self.name, "root", "--yes"] + Self.server,
      ["repair", Self.name, "--within", "40y", "--yes"] + Self.server,
    ] {
      let outcome = try desk.run(["content"] + words, Self.words)
      #expect(outcome.status == 1, "\(words): \(outcome.status) \(outcome.errorText)")
      #expect(outcome.errorText.contains("\(KeyDesk.keys)/"), "\(words): \(outcome.errorText)")
    }
    let backup = try desk.run(["backup", "b"])
    #expect(backup.status == 1 && backup.errorText.contains("symbolic link"), "\(backup.errorText)")
    #expect(try desk.run(["content", "key", "list"]).status == 0)
  }
}
