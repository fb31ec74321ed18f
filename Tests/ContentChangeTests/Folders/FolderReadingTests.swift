import ContentChange
import ContentTrust
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// The looking commands on a repository that lies in a folder.
@Suite("Commands read a folder", .timeLimit(.minutes(3)))
struct FolderReadingTests {
  @Test(
    "--server file:/// and configuration lead to a folder; without network, and by the program that changes nothing, too"
  )
  func commands() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    for program in ["keyreeve", "keyreeve-verify"] {
      let named = try desk.run(
        ["content", "lookup", FolderDesk.name, "v1", "--json", "--trust-on-first-use"] + FolderDesk.server,
        program: program,
        under: ["unshare", "-n"])
      #expect(named.status == 0 && named.text.contains("\"server\": \"file://"), "\(named.text)\(named.errorText)")
    }
    let section = "[registry example.com]\nserver = file://\(FolderDesk.place)\n"
    try desk.machine.write("/etc/keyreeve/folder.conf", Array(section.utf8))
    let configured = try desk.run(["content", "list", FolderDesk.name])
    #expect(configured.status == 0 && configured.text.contains("v1 "), "\(configured.errorText)")
    try desk.sign("v2")
    #expect(try desk.run(["content", "list", FolderDesk.name]).text.contains("v2 "))
    // What was kept counts where the folder is not there, as with a server that does not answer.
    _ = try ChildProcess.run(["mv", desk.machine.located("/srv/trust"), desk.machine.located("/srv/away")])
    let away = try desk.run(["content", "list", FolderDesk.name])
    #expect(away.status == 0 && away.errorText.contains("does not exist"), "\(away.errorText)")
    let unknown = try desk.run(["content", "list", "example.com/other"])
    #expect(unknown.status == 1, "\(unknown.errorText)")
  }

  @Test(
    "Documents that are broken, links, FIFOs or huge are refused, and publishing over them says why",
    arguments: ["{", "link", "fifo", "huge", "folder"])
  func broken(how: String) throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let file = FolderDesk.tree + "/root.json"
    let path = desk.machine.located(file)
    _ = try ChildProcess.run(["cp", path, path + ".real"])
    switch how {
    case "link": _ = try ChildProcess.run(["ln", "-sf", "root.json.real", path])
    case "fifo": _ = try ChildProcess.run(["sh", "-c", "rm \"$1\" && mkfifo \"$1\"", "sh", path])
    case "huge": _ = try ChildProcess.run(["truncate", "-s", "1G", path])
    case "folder": _ = try ChildProcess.run(["sh", "-c", "rm \"$1\" && mkdir \"$1\"", "sh", path])
    default: try desk.machine.write(file, Array(how.utf8))
    }
    let read = try desk.run(["content", "list", FolderDesk.name, "--trust-on-first-use"] + FolderDesk.server)
    #expect(read.status != 0 && !read.errorText.isEmpty)
    let octets = try #require(desk.machine.contents(FolderDesk.tree + "/targets.json"))
    do {
      try desk.host().publish([PublishedDocument(.targets, octets)])
      Issue.record("published")
    } catch {
      #expect("\(error)".contains("root"), "\(error)")
    }
    #expect(desk.machine.names(in: FolderDesk.tree + "/..") == ["tuf"])
  }
}
