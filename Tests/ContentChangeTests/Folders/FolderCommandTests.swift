import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// What commands say and leave behind where a repository lies in a folder.
@Suite("Commands on a folder", .timeLimit(.minutes(3)))
struct FolderCommandTests {
  @Test("init names the keys that it makes here in place of a server's, before and after")
  func made() throws {
    let desk = try FolderDesk()
    let plan = try desk.content("init", ["--dry-run"]).text
    #expect(plan.contains("snapshot key  a new one, made here") && plan.contains("timestamp key  a new one, made here"))
    #expect(!plan.contains("signed by the server"), "\(plan)")
    let made = try desk.change("init")
    let keys = desk.machine.names(in: "/home/.docker/trust/private") ?? []
    #expect(keys.count == 4)
    for key in keys {
      #expect(made.errorText.contains("key \(key.dropLast(4)) in /home/.docker/trust/private/\(key)"), "\(key)")
    }
    #expect(["root", "targets", "snapshot", "timestamp"].allSatisfy { made.errorText.contains("made \($0) key") })
    let timestamp = try desk.read().trusted.root.keys(of: .timestamp).keys[0].canonicalID
    #expect(made.text.contains("timestamp signed here by \("\(timestamp)".prefix(7))"), "\(made.text)")
    let signed = try desk.sign("v1", "a")
    #expect(signed.text.contains("snapshot version 2") && !signed.text.contains("the server"), "\(signed.text)")
    let document = try JSON.parse(try desk.sign("v2", "a", "--dry-run", "--json").output)
    #expect(document["snapshotBy"]?.string == "here")
    let planned = try desk.content("key rotate", ["timestamp", "--dry-run"]).text
    #expect(planned.contains("(a new one) comes, in a new file here") && planned.contains("timestamp signed here\n"))
    let rotated = try desk.change("key rotate", "timestamp").text
    #expect(rotated.contains("comes, in a new file here") && rotated.contains("timestamp signed here by"), "\(rotated)")
  }

  @Test("Only where what was seen here is gone does init name content delete; else it says what happened")
  func advice() throws {
    let desk = try FolderDesk()
    func refused(_ status: Int32, server: [String] = FolderDesk.server) throws -> String {
      try desk.content("init", ["--yes", "--trust-on-first-use"], server: server, status: status).errorText
    }
    let missing = try refused(1, server: ["--server", "file:///nowhere"])
    #expect(missing.contains("/nowhere does not exist") && missing.contains("nothing was made"), "\(missing)")
    let root = FolderDesk.tree + "/root.json"
    try desk.machine.write(root, Array("<html>hello</html>".utf8))
    let page = try refused(18)
    #expect(page.contains("cannot be read") && page.contains("nothing was made"), "\(page)")
    let site = try TestSite()
    try desk.machine.write("/ca.pem", try ChildProcess.run(["cat", try SiteCertificate.authorities]).output)
    try desk.machine.write("/etc/keyreeve/tests.conf", Array("[fetch]\nca-bundle = /ca.pem\n".utf8))
    try site.answer("*", .status(500))
    let broken = try refused(1, server: ["--server", site.address("")])
    #expect(broken.contains("500") && broken.contains("is not known, and nothing was made"), "\(broken)")
    for text in [missing, page, broken] { #expect(!text.contains("content delete"), "\(text)") }
    #expect(desk.machine.names(in: "/home/.docker/trust/private") == nil)
    try desk.machine.remove(root)
    try desk.change("init")
    _ = try ChildProcess.run(["rm", "-r", desk.machine.located(FolderDesk.tree)])
    let lost = try refused(16)
    let command = FolderDesk.suggested(lost.replacing(", then init", with: ""))
    #expect(Array(command.prefix(3)) == ["content", "delete", FolderDesk.name], "\(lost)")
    #expect(command.contains("file:///srv/trust") && command.contains(desk.machine.path), "\(command)")
  }

  @Test("A full disk leaves no half tree, and what a crash has left goes with the next publication")
  func full() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    _ = try desk.sign("v2", "a")
    let home = FolderDesk.tree + "/.."
    for call in ["linkat", "fsync", "renameat2"] {
      let failed = try desk.content(
        "sign",
        ["v3", "--digest", FolderDesk.digest("b"), "--size", "1", "--yes", "--trust-on-first-use"], status: 1,
        under: [
          "strace", "-f", "-qq", "-o", "/dev/null", "-P", ".keyreeve-tuf", "-P",
          desk.machine.located("/srv/trust/v2/\(FolderDesk.name)/_trust/.keyreeve-tuf"), "-e", "trace=\(call)", "-e",
          "inject=\(call):error=ENOSPC",
        ])
      #expect(failed.errorText.contains("No space left"), "\(call): \(failed.errorText)")
      #expect(desk.machine.names(in: home) == ["tuf"], "\(call)")
      #expect(try desk.read().roles[0].document.targets["v3"] == nil)
    }
    try desk.machine.write(home + "/.keyreeve-tuf/targets/half.json", [1])
    _ = try desk.sign("v3", "b")
    #expect(desk.machine.names(in: home) == ["tuf"])
  }

  @Test("A deletion that fails says that nothing was deleted, and nothing of publishing")
  func deletion() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let failed = try desk.content(
      "delete", ["--remote", "--confirm", FolderDesk.name], status: 1,
      under: ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=renameat", "-e", "inject=renameat:error=EIO"])
    #expect(failed.errorText.contains("nothing was deleted: "), "\(failed.errorText)")
    #expect(failed.errorText.contains("nothing was removed here") && !failed.errorText.contains("publish"))
    #expect(FolderDesk.suggested(failed.errorText).contains("file:///srv/trust"), "\(failed.errorText)")
    #expect(try desk.read().roles.count == 1)
    try desk.content("delete", ["--remote", "--confirm", FolderDesk.name])
    #expect(throws: MetadataError.self) { try desk.read() }
  }

  @Test("What is suggested names the server and the folder that were given, and works as it stands")
  func suggestions() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let failed = try desk.change("witness", "targets/nobody", status: 11)
    var command = FolderDesk.suggested(failed.errorText.replacing(" shows the roles", with: "; "))
    #expect(Array(command.prefix(5)) == ["content", "inspect", FolderDesk.name] + FolderDesk.server, "\(command)")
    command.removeAll { $0 == "--sysroot" || $0 == desk.machine.path }
    #expect(try desk.run(command + ["--trust-on-first-use"]).text.contains("targets"), "\(command)")
    let staged = try desk.sign("v9", "a", "--stage", "--role", "targets").text
    let publish = FolderDesk.suggested(staged).filter { $0 != "--sysroot" && $0 != desk.machine.path }
    #expect(try desk.run(publish + ["--yes", "--trust-on-first-use"]).status == 0, "\(publish)")
    let diagnosis = try desk.run(
      ["content", "doctor", FolderDesk.name, "--json", "--fail-on", "note", "--within", "11y"] + FolderDesk.server)
    let findings = try JSON.parse(diagnosis.output)["findings"]?.array ?? []
    let repairs = findings.compactMap { $0["fix"]?.array?.compactMap { $0.string?.text } }.filter {
      $0.contains("repair")
    }
    #expect(!repairs.isEmpty && repairs.allSatisfy { $0.contains("file:///srv/trust") }, "\(repairs)")
  }
}
