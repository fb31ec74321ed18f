import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// What becomes of tags that no path covers any more, and of roles that nobody can sign for.
@Suite("Paths and keys that no longer reach", .timeLimit(.minutes(5)))
struct CoverageTests {
  @Test("Tags that lose their path are counted, warned of, and listed by doctor", arguments: ["rel", "releases"])
  func path(_ name: String) throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let role = "targets/\(name)"
    try desk.change("delegation add", role, try desk.signerKey("p").file, "--path", "v", "--path", "w")
    try desk.sign("v1", "a", "--role", role)
    try desk.sign("w1", "b", "--role", role)
    let refused = try desk.change("delegation remove", role, "--path", "v", status: 3).errorText
    #expect(refused.contains("\(role) may not sign v1 any more") && refused.contains("(1 tag) counts no more"))
    #expect(try desk.listed().contains("v1 \(role)"))
    let done = try desk.change("delegation remove", role, "--path", "v", "--leave-uncounted").text
    #expect(done.contains("afterwards \(role) signs 1 tag\n"), "\(done)")
    #expect(
      done.contains("tag v1: signed by \(role), targets before, by targets afterwards")
        || done.contains("tag v1: signed by targets, \(role) before, by targets afterwards"), "\(done)")
    #expect(try desk.listed().sorted() == ["v1 targets", "w1 \(role)"])
    let doctor = try desk.content("doctor", status: 4).text
    #expect(doctor.contains("\(role) of \(FolderDesk.name) lists 1 tag that no path of its covers"), "\(doctor)")
    let again = try desk.change("delegation add", role, "--path", "v").text
    #expect(again.contains("afterwards \(role) signs 2 tags") && again.contains("tag v1: signed by targets before"))
    #expect(try desk.listed().contains("v1 \(role)"))
  }

  @Test("A tag that no path of a signer covers: the paths are named, and the command that adds one works")
  func forbidden() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let p = try desk.signerKey("p")
    try desk.change("signer add", "p", p.file, "--path", "v")
    let refused = try desk.sign("w", "a", status: 2).errorText
    #expect(refused.contains("the paths of the signers forbid it") && !refused.contains("import"), "\(refused)")
    #expect(refused.contains("delegation add \(FolderDesk.name) --path=w targets/p"), "\(refused)")
    #expect(refused.contains("--role targets"), "\(refused)")
    for role in ["targets/p", "targets/releases"] { try desk.change("delegation add", "--path=w", role) }
    try desk.sign("w", "a")
    try desk.hide(p.id)
    #expect(try desk.sign("w2", "a", status: 11).errorText.contains("too few keys"))
  }

  @Test("A role with fewer keys than must sign: doctor's fix works, and nobody is told to import nothing")
  func threshold() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let (p, q) = (try desk.signerKey("p"), try desk.signerKey("q"))
    try desk.change("delegation add", "targets/t1", p.file, q.file, "--all-paths", "--threshold", "2")
    try desk.sign("v5", "a", "--role", "targets/t1")
    try desk.change("delegation remove", "targets/t1", "--key", "\(q.id)", "--leave-uncounted")
    let witness = try desk.change("witness", "targets/t1", status: 11).errorText
    #expect(!witness.contains("import") && witness.contains("delegation add"), "\(witness)")
    let findings = try JSON.parse(try desk.content("doctor", ["--json"], status: 4).output)["findings"]?.array ?? []
    let fixes = findings.filter { $0["role"]?.string?.text == "targets/t1" }.compactMap { finding in
      finding["fix"]?.array?.compactMap { $0.string?.text }
    }
    #expect(!fixes.isEmpty && fixes.allSatisfy { !$0.contains("witness") }, "\(findings)")
    let fix = try #require(fixes.first)
    let words = Array(fix.dropFirst()).filter { $0 != "--sysroot" && $0 != desk.machine.path }
    #expect(try desk.run(words + ["--yes"]).status == 0, "\(words)")
    #expect(try desk.listed().contains("v5 targets/t1"))
    #expect(!(try desk.content("doctor", status: 4).text.contains("targets/t1")))
  }

  private static let list = "/home/.docker/trust/tuf/\(FolderDesk.name)/changelist"

  private func stage(_ action: String, _ role: String, _ data: String, in desk: FolderDesk) throws {
    let text = String(decoding: Base64.encode(Array(data.utf8)), as: UTF8.self)
    let change = #"{"action":"\#(action)","role":"\#(role)","type":"delegation","path":"","data":"\#(text)"}"#
    try desk.machine.write(Self.list + "/1.change", Array(change.utf8))
  }

  @Test("A staged delegation without keys is published with a warning")
  func keyless() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    try stage("create", "targets/aa", #"{"threshold":1,"add_paths":[""]}"#, in: desk)
    let done = try desk.change("publish").errorText
    #expect(done.contains("delegation targets/aa, new: no key, where 1 must sign, all names"), "\(done)")
    #expect(done.contains("note: warning: targets/aa has no key: nobody can sign into it"), "\(done)")
  }

  @Test(
    "A staged change of all delegations, and a new name, are named, and nothing of them vanishes",
    arguments: [
      ("create", "targets/*", #"{"threshold":1,"add_paths":[""]}"#, "targets/* stands for every delegation"),
      ("delete", "targets/*", "", "targets/* stands for every delegation"),
      ("update", "targets/*", #"{"clear_paths":true}"#, "targets/* stands for every delegation"),
      ("update", "targets/p", #"{"new_name":"targets/q"}"#, "asks for targets/p to be called targets/q"),
    ])
  func named(_ action: String, _ role: String, _ data: String, _ words: String) throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    try desk.change("delegation add", "targets/p", try desk.signerKey("p").file, "--all-paths")
    try stage(action, role, data, in: desk)
    #expect(try desk.content("status", server: []).text.contains(words))
    #expect(try desk.change("publish", status: 1).errorText.contains(words))
    #expect(desk.machine.names(in: Self.list)?.count == 1)
    #expect(throws: RepositoryChangeError.self) {
      var draft = try RepositoryDraft(try desk.read(), at: FolderDesk.now)
      try draft.edit(DelegationEdit("targets/*", .create))
    }
  }
}
