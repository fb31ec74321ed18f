import ContentTrust
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel

/// What a reading has learned is kept where docker and notary keep it, and what they have kept counts.
@Suite("The cache of content trust", .timeLimit(.minutes(3)))
struct CacheTests {
  private static let files = ["root.json", "timestamp.json", "snapshot.json", "targets.json"]

  @Test("What keyreeve keeps is what notary would have kept, and notary and docker read it")
  func written() throws {
    let desk = try ContentDesk(targets: ["v1", "v2"])
    let first = try desk.content("list", ["--json"])
    #expect(first.status == 0 && first.text.contains("\"kept\": \"stored\""), "\(first.errorText)")
    let ours = Self.files.map { desk.kept($0) }
    #expect(ours.allSatisfy { $0 != nil })
    for file in Self.files { #expect(desk.machine.mode(ContentDesk.metadata + "/" + file) == 0o600) }
    #expect(desk.machine.mode(ContentDesk.metadata) == 0o700)
    #expect(desk.machine.mode("/home/.docker/trust") == 0o700)
    try #expect(desk.notary(["list", ContentDesk.name]).contains("v2"))
    let inspected = try desk.docker(["trust", "inspect", ContentDesk.name])
    #expect(inspected.status == 0 && inspected.text.contains("\"SignedTag\": \"v2\""), "\(inspected.errorText)")
    // A fresh folder of notary's own holds the same octets.
    let other = desk.machine.located("/other")
    try desk.peer.notary(["list", ContentDesk.name], folder: other)
    for (file, octets) in zip(Self.files, ours) {
      #expect(desk.machine.contents("/other/tuf/example.com/team/app/metadata/" + file) == octets, "\(file)")
    }
    let second = try desk.content("list", ["--json"])
    #expect(second.text.contains("\"anchor\": \"kept\"") && second.text.contains("\"kept\": \"unchanged\""))
  }

  @Test("What docker and notary have kept counts, also after they and keyreeve have taken turns")
  func turns() throws {
    let desk = try ContentDesk()
    #expect(try desk.docker(["trust", "inspect", ContentDesk.name]).status == 0)
    let inherited = try desk.run(["content", "list", ContentDesk.name, "--json"])
    #expect(inherited.status == 0 && inherited.text.contains("\"anchor\": \"kept\""), "\(inherited.errorText)")
    for round in 2...4 {
      try desk.sign("v\(round)")
      if round == 3 { try desk.rotate("snapshot", "-r") }
      #expect(try desk.content("list").text.contains("v\(round) "))
      try #expect(desk.notary(["list", ContentDesk.name]).contains("v\(round) "))
      try desk.sign("w\(round)")
      #expect(try desk.docker(["trust", "inspect", ContentDesk.name]).text.contains("\"w\(round)\""))
      #expect(try desk.run(["content", "lookup", ContentDesk.name, "w\(round)", "--json"]).status == 0)
    }
    #expect(try desk.run(["content", "list", ContentDesk.name, "--offline"]).text.contains("w4 "))
  }

  @Test("Delegations are kept under the names that notary gives them")
  func delegations() throws {
    let desk = try ContentDesk()
    let keys = try desk.peer.makeDelegationKey("alice")
    try desk.peer.notary([
      "delegation", "add", ContentDesk.name, "targets/releases", keys.certificate, "--all-paths", "-p",
    ])
    try desk.peer.notary(["key", "import", keys.key, "--role", "delegation"])
    try desk.peer.add("v2", to: ContentDesk.name, roles: ["targets/releases"])
    try desk.peer.notary(["publish", ContentDesk.name])
    #expect(try desk.content("list").status == 0)
    #expect(desk.kept("targets/releases.json") != nil)
    #expect(desk.machine.mode(ContentDesk.metadata + "/targets") == 0o700)
    try #expect(desk.notary(["list", ContentDesk.name]).contains("v2"))
    #expect(try desk.run(["content", "lookup", ContentDesk.name, "v2", "--offline"]).status == 0)
  }

  @Test("keyreeve-verify keeps nothing, and says so; so do --at and a folder that cannot be written")
  func notKept() throws {
    let desk = try ContentDesk()
    let note = "the floor of its versions was not advanced"
    for verb in [["list"], ["inspect"], ["lookup", "v1"]] {
      let outcome = try desk.content(verb[0], Array(verb.dropFirst()), program: "keyreeve-verify")
      #expect(outcome.status == 0 && outcome.errorText.contains(note), "\(outcome.errorText)")
    }
    let verdict = try desk.content("lookup", ["v1", "--json"], program: "keyreeve-verify")
    #expect(verdict.text.contains("\"kept\": \"not-stored\""))
    let later = try desk.content("list", ["--at", "2027-01-01"])
    #expect(later.errorText.contains("--at") || later.status == 16)
    #expect(desk.machine.names(in: "/home/.docker/trust") == nil && desk.machine.contents(ContentDesk.record) == nil)
    try desk.machine.link("/home/.docker/trust/tuf", to: "/tmp")
    let refused = try desk.content("list")
    #expect(refused.status == 1 || refused.errorText.contains("symbolic link"), "\(refused.errorText)")
  }

  @Test(
    "Where a folder cannot be written, the answer is the same, with one word on standard error",
    arguments: ["/var/lib/keyreeve", "/home/.docker"])
  func notWritable(place: String) throws {
    let desk = try ContentDesk()
    try desk.machine.makeDirectory(place)
    let path = desk.machine.located(place)
    let outcome = try desk.run(
      ["content", "list", ContentDesk.name, "--trust-on-first-use"],
      under: ["bwrap", "--dev-bind", "/", "/", "--ro-bind", path, path])
    #expect(outcome.status == 0 && outcome.text.contains("v1"), "\(outcome.errorText)")
    #expect(outcome.errorText.split(separator: "\n").filter { $0.contains("was not kept") }.count == 1)
    #expect(desk.kept("root.json") == nil)
  }

  @Test("A folder of another user is read, and not written")
  func otherOwner() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    try desk.sign("v2")
    let before = desk.kept("timestamp.json")
    _ = try ChildProcess.run(["chown", "65534", desk.machine.located("/home/.docker/trust")])
    let outcome = try desk.content("list")
    #expect(outcome.status == 0 && outcome.text.contains("v2") && outcome.errorText.contains("another user"))
    #expect(desk.kept("timestamp.json") == before)
  }

  // MARK: Two at once

  private func lesson(_ desk: ContentDesk, _ floors: VersionFloors = VersionFloors()) throws -> ContentLesson {
    let repository = try Repository(ContentDesk.name)
    let folder = TrustFolder(sysroot: Sysroot(desk.machine.path), path: "/home/.docker/trust")
    let documents = KeptDocuments(repository, in: folder)
    let reading = try desk.reading(from: KeptMetadata(documents, floors: floors))
    return ContentLesson(reading, from: documents, floors: floors)
  }

  @Test("A newer state that another process has kept stays, in whatever order they write", arguments: [true, false])
  func newerStays(olderLast: Bool) throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    try desk.sign("v2")
    try desk.rotate("targets")
    let older = try lesson(desk)
    try desk.sign("v3")
    try desk.rotate("snapshot", "-r")
    let newer = try lesson(desk)
    #expect(older.documents.count == 4 && newer.documents.count == 4)
    let cache = desk.cache
    for lesson in olderLast ? [newer, older] : [older, newer] { try cache.keep(lesson) }
    for (role, octets) in newer.documents { #expect(desk.kept("\(role).json") == octets, "\(role)") }
    let seen = try SeenVersions.read(try Repository(ContentDesk.name), in: desk.state)
    #expect(seen.floors[.root]?.version == 3 && seen == newer.floors.after.merged(with: seen))
    #expect(try desk.run(["content", "list", ContentDesk.name, "--offline"]).text.contains("v3"))
  }

  @Test("A lower version after a rotation of keys replaces what the reading began with (T-08)")
  func fastForward() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    try desk.sign("v2")
    let lesson = try lesson(desk)
    // As if the file that the reading began with had had a higher version: under its own hands it is replaced all the same.
    let documents = KeptDocuments(try Repository(ContentDesk.name), in: lesson.kept.folder)
    let high = Array(#"{"signed":{"version":900}}"#.utf8)
    try desk.machine.write(ContentDesk.metadata + "/timestamp.json", high, mode: 0o600)
    _ = try desk.reading(from: KeptMetadata(documents, floors: VersionFloors()))
    let again = ContentLesson(
      try desk.reading(from: KeptMetadata(documents, floors: VersionFloors())), from: documents, floors: VersionFloors()
    )
    try desk.cache.keep(lesson)
    #expect(desk.kept("timestamp.json") == high)
    try desk.cache.keep(again)
    #expect(desk.kept("timestamp.json") == again.documents.first { $0.role == .timestamp }?.octets)
  }

  @Test("Eight processes at once all answer, and leave one whole state")
  func processes() throws {
    let desk = try ContentDesk(targets: ["v1", "v2"])
    let program = try #require(BuiltProgram.path("keyreeve"))
    let script = """
      for i in 1 2 3 4 5 6 7 8; do
        "$1" content list "$2" --trust-on-first-use --sysroot "$3" >"$3/out$i" 2>&1 || echo "$i" >>"$3/failed" &
      done
      wait
      """
    _ = try ChildProcess.run(
      ["sh", "-c", script, "sh", program, ContentDesk.name, desk.machine.path], environment: desk.environment)
    #expect(desk.machine.contents("/failed") == nil)
    for index in 1...8 {
      let text = String(decoding: desk.machine.contents("/out\(index)") ?? [], as: UTF8.self)
      #expect(text.contains("v2") && !text.contains("not kept"), "\(text)")
    }
    #expect(desk.machine.names(in: ContentDesk.metadata)?.sorted() == Self.files.sorted())
    #expect(try desk.run(["content", "list", ContentDesk.name, "--offline"]).status == 0)
  }
}
