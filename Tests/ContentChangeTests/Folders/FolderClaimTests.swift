import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// What doctor and failures say of a repository in a folder mends it when it is pasted.
@Suite("Claims about folders", .timeLimit(.minutes(5)))
struct FolderClaimTests {
  private static func past(_ days: Int64) -> Timestamp { FolderDesk.now.advanced(by: -days * 86_400) }
  private static let private_ = "/home/.docker/trust/private"
  private static let common = FolderDesk.server + ["--trust-on-first-use"]

  private func doctor(_ desk: FolderDesk, _ words: [String] = common) throws -> [JSON] {
    let outcome = try desk.run(["content", "doctor", FolderDesk.name, "--json"] + words)
    return try JSON.parse(outcome.output)["findings"]?.array ?? []
  }

  private func fix(_ finding: JSON) -> [String] { finding["fix"]?.array?.compactMap { $0.string?.text } ?? [] }

  /// Runs what was printed, as it stands but for the machine, and without a question.
  private func paste(_ desk: FolderDesk, _ words: [String], _ more: [String] = ["--yes", "--trust-on-first-use"]) throws
    -> ChildProcess.Outcome
  {
    let line = words.filter { $0 != "keyreeve" && $0 != "--sysroot" && $0 != desk.machine.path }
    return try desk.run(line + more, variables: FolderDesk.passphrases)
  }

  private func tree(_ desk: FolderDesk) throws -> String {
    try ChildProcess.run([
      "sh", "-c", "cd \"$1\" && find . -type f -exec sha256sum {} + | sort -k2", "sh", desk.machine.path,
    ])
    .text
  }

  private func keys(_ desk: FolderDesk) -> [String] { (desk.machine.names(in: Self.private_) ?? []).sorted() }

  private func take(_ desk: FolderDesk, _ roles: RoleName...) throws {
    for role in roles {
      let id = try desk.read().trusted.root.keys(of: role).keys[0].canonicalID
      try desk.machine.remove(Self.private_ + "/\(id).key")
    }
  }

  @Test("Root and targets have expired: each fix of doctor can be pasted in order, and so can what list says")
  func everything() throws {
    let desk = try FolderDesk()
    try desk.makeRepository(at: Self.past(11 * 365))
    let listed = try desk.content("list", ["--trust-on-first-use"], status: 14).errorText
    #expect(!listed.contains("notary publish") && listed.contains("content repair"), "\(listed)")
    let fixes = try doctor(desk).map(fix).filter { $0.contains("repair") }
    #expect(fixes.count >= 5)
    for words in fixes {
      let mended = try paste(desk, words)
      #expect(mended.status == 0 && !words.contains("--role"), "\(words): \(mended.errorText)")
    }
    #expect(try !doctor(desk).contains { fix($0).contains("repair") })
    let again = try FolderDesk()
    try again.makeRepository(at: Self.past(11 * 365))
    let text = try again.content("list", ["--trust-on-first-use"], status: 14).errorText
    let mended = try paste(again, FolderDesk.suggested(text))
    #expect(mended.status == 0, "\(text)\(mended.errorText)")
    #expect(try again.read().trusted.root.head.version == 2)
  }

  @Test("Targets have expired: list, sign and refresh name what mends them", arguments: ["list", "sign", "refresh"])
  func targets(verb: String) throws {
    let desk = try FolderDesk()
    try desk.makeRepository(at: Self.past(4 * 365))
    let refused =
      try verb == "sign"
      ? desk.sign("v2", "a", status: 16) : desk.content(verb, ["--trust-on-first-use"], status: 16)
    let words = FolderDesk.suggested(refused.errorText)
    #expect(words.starts(with: ["content", "repair"]), "\(refused.errorText)")
    let mended = try paste(desk, words)
    #expect(mended.status == 0, "\(mended.errorText)")
    try desk.sign("v3", "b")
    // A timestamp alone is still renewed by refresh.
    let young = try FolderDesk()
    try young.makeRepository(at: Self.past(20))
    let text = try young.content("list", ["--trust-on-first-use"], status: 16).errorText
    #expect(FolderDesk.suggested(text).starts(with: ["content", "refresh"]), "\(text)")
  }

  @Test(
    "A key that a server would have is gone: doctor finds it, failures name what replaces it, and that does",
    arguments: [[RoleName.timestamp], [.snapshot], [.snapshot, .timestamp]])
  func lost(roles: [RoleName]) throws {
    for source in ["doctor", "sign", "refresh"] {
      let desk = try FolderDesk()
      try desk.makeRepository()
      for role in roles { try take(desk, role) }
      let found = try doctor(desk).filter { $0["id"]?.string == "missing-key" && $0["severity"]?.string == "error" }
      #expect(found.compactMap { $0["role"]?.string?.text } == roles.map(\.description), "\(found)")
      if source == "refresh", !roles.contains(.timestamp) { continue }
      var words = source == "doctor" ? found.first.map(fix) ?? [] : []
      if source == "sign" { words = FolderDesk.suggested(try desk.sign("v2", "a", status: 1).errorText) }
      if source == "refresh" {
        words = FolderDesk.suggested(
          try desk.content("refresh", ["--force", "--trust-on-first-use"], status: 1).errorText)
      }
      var mended = try paste(desk, words)
      if mended.status != 0, roles.count > 1 { mended = try paste(desk, FolderDesk.suggested(mended.errorText)) }
      #expect(mended.status == 0, "\(source): \(words): \(mended.errorText)")
      try desk.sign("v3", "b")
      #expect(try !doctor(desk).contains { $0["id"]?.string == "missing-key" })
    }
  }

  @Test("Targets have expired and the timestamp's key is gone: one command mends both")
  func both() throws {
    let desk = try FolderDesk()
    try desk.makeRepository(at: Self.past(4 * 365))
    let id = try desk.read(at: Self.past(4 * 365)).trusted.root.keys(of: .timestamp).keys[0].canonicalID
    try desk.machine.remove(Self.private_ + "/\(id).key")
    let refused = try paste(desk, ["content", "repair", FolderDesk.name] + FolderDesk.server)
    #expect(refused.status == 1, "\(refused.errorText)")
    let mended = try paste(desk, FolderDesk.suggested(refused.errorText))
    #expect(mended.status == 0, "\(refused.errorText)\(mended.errorText)")
    try desk.sign("v3", "b")
  }

  @Test("A snapshot key that is elsewhere is replaced only where its role is named")
  func elsewhere() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    try take(desk, .snapshot)
    let before = keys(desk)
    let idle = try desk.change("repair")
    #expect(
      idle.text == "nothing to mend\n" && idle.errorText.contains("--role snapshot"), "\(idle.text)\(idle.errorText)")
    #expect(try keys(desk) == before && desk.read().trusted.root.head.version == 1)
    try desk.change("repair", "--role", "snapshot")
    #expect(try keys(desk).count == before.count + 1 && desk.read().trusted.root.head.version == 2)
  }

  @Test("Dry runs write nothing, and without the root key no key is made")
  func nothingMade() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let whole = try tree(desk)
    let dry = ["--dry-run", "--trust-on-first-use"]
    for words in [["repair"], ["key rotate", "timestamp"], ["key rotate", "root"], ["repair", "--within", "11y"]] {
      try desk.content(words[0], Array(words.dropFirst()) + dry)
      #expect(try tree(desk) == whole, "\(words)")
    }
    try desk.content("sign", ["v2", "--digest", FolderDesk.digest("a"), "--size", "42"] + dry)
    #expect(try tree(desk) == whole)
    try take(desk, .root, .snapshot)
    let bare = try tree(desk)
    try desk.content("repair", dry)
    try desk.content("repair", ["--role", "snapshot"] + dry, status: 11)
    #expect(try tree(desk) == bare)
    let left = keys(desk)
    for words in [["timestamp"], ["snapshot"], ["targets"]] {
      let refused = try desk.content("key rotate", words + ["--yes", "--trust-on-first-use"], status: 11)
      #expect(refused.errorText.contains("of the keys of root must sign"), "\(refused.errorText)")
    }
    #expect(keys(desk) == left)
  }

  @Test("A folder has no server that could hold a key")
  func serverManaged() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let before = keys(desk)
    for role in ["snapshot", "timestamp"] {
      let refused = try desk.change("key rotate", role, "--server-managed", status: 2)
      #expect(refused.errorText.contains("is a folder"), "\(refused.errorText)")
    }
    #expect(keys(desk) == before)
    // The key of a timestamp that is made here is in the log, as every other one.
    try desk.change("key rotate", "timestamp")
    let made = try #require(keys(desk).first { !before.contains($0) })
    let log = try desk.run(["log"])
    #expect(log.text.contains("\(made.prefix(16))"), "\(log.text)\(log.errorText)")
  }

  @Test("Repair says which interrupted rotation it took back, and what it removed", arguments: [true, false])
  func takenBack(json: Bool) throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let new = try desk.makeKey("targets")
    let file = Self.private_ + "/\(new.id).key"
    var record = RotationRecord()
    record.underWay = [
      RotationRecord.Attempt(
        [.init(role: .targets, old: [], new: new.id, listed: new.id, file: file)], documents: [],
        host: desk.host().name,
        began: FolderDesk.now)
    ]
    try desk.machine.write(
      "/var/lib/keyreeve/content-trust/\(FolderDesk.name)/+rotations.json", record.octets(of: desk.repository),
      mode: 0o600)
    let outcome = try desk.content("repair", ["--yes", "--trust-on-first-use"] + (json ? ["--json"] : []))
    #expect(desk.machine.contents(file) == nil)
    #expect(outcome.text.contains("taken back") && outcome.text.contains(file), "\(outcome.text)")
    guard json else { return #expect(outcome.text.hasSuffix("nothing else to mend\n"), "\(outcome.text)") }
    let tree = try JSON.parse(outcome.output)
    #expect(tree["applied"]?.boolean == true && tree["notes"]?.array?.count == 2, "\(outcome.text)")
  }

  @Test("Changes that wait and cannot be used are found, and the fix takes them away")
  func staged() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    try desk.sign("v2", "a", "--stage", "--role", "targets")
    try desk.machine.write("/home/.docker/trust/tuf/\(FolderDesk.name)/changelist/1.change", Array("{".utf8))
    let found = try doctor(desk).filter { $0["id"]?.string == "staged-change" }
    #expect(found.count == 1 && found[0]["severity"]?.string == "warning")
    #expect(try paste(desk, try #require(found.first.map(fix)), []).status == 0)
    #expect(try !doctor(desk).contains { $0["id"]?.string == "staged-change" })
    try desk.change("publish")
    #expect(try desk.read().roles[0].document.targets["v2"] != nil)
  }

  @Test("A superseded root key is called so, and init does not take it without a word")
  func superseded() throws {
    let desk = try FolderDesk()
    try desk.change("init")
    let old = try desk.read().trusted.root.keys(of: .root).keys[0].canonicalID
    try desk.change("key rotate", "root")
    let new = try desk.read().trusted.root.keys(of: .root).keys[0].canonicalID
    let words = "was superseded as root of \(FolderDesk.name)"
    let looked = [
      try desk.run(["content", "key", "list", "--verbose"]),
      try desk.run(["content", "doctor", "--all", "--verbose"] + FolderDesk.server),
    ]
    for outcome in looked {
      #expect(outcome.text.contains(words) && !outcome.text.contains("used by no repository"), "\(outcome.text)")
    }
    func begin(_ words: String...) throws -> ChildProcess.Outcome {
      try desk.run(["content", "init", "example.com/other", "--dry-run", "--json"] + words + FolderDesk.server)
    }
    let chosen = try begin()
    #expect(try JSON.parse(chosen.output)["rootKey"]?.string?.text == new.description, "\(chosen.errorText)")
    let named = try begin("--root-key", old.description)
    #expect(named.status == 0 && named.errorText.contains(words), "\(named.errorText)")
    try desk.machine.remove(Self.private_ + "/\(new).key")
    let alone = try begin()
    #expect(alone.status == 3 && alone.errorText.contains("superseded as root"), "\(alone.errorText)")
  }

  @Test("A root that only notary's folder keeps: that folder is named, doctor reads it there, and its fixes name it")
  func notaryFolder() throws {
    let desk = try FolderDesk()
    try desk.change("init")
    let script = "cd \"$1\" && mv home/.docker/trust home/.notary && rm -r var/lib/keyreeve/content-trust"
    #expect(try ChildProcess.run(["sh", "-c", script, "sh", desk.machine.path]).status == 0)
    let signed = try desk.content(
      "sign", ["v2", "--digest", FolderDesk.digest("a"), "--size", "42", "--yes"], status: 3)
    #expect(signed.errorText.contains("--trust-dir /home/.notary"), "\(signed.errorText)")
    for words in [[FolderDesk.name], ["--all"]] {
      let looked = try desk.run(["content", "doctor", "--json"] + words + FolderDesk.server)
      let tree = try JSON.parse(looked.output)
      #expect(tree["repositories"]?.array?.first?["read"]?.boolean == true, "\(looked.text)\(looked.errorText)")
      #expect(looked.status == 0, "\(looked.text)")
    }
    let id = try desk.read().trusted.root.keys(of: .timestamp).keys[0].canonicalID
    try desk.machine.remove("/home/.notary/private/\(id).key")
    let words = try doctor(desk, FolderDesk.server).first.map(fix) ?? []
    let mended = try paste(desk, words, ["--yes"])
    #expect(words.contains("/home/.notary") && mended.status == 0, "\(words): \(mended.errorText)")
  }
}
