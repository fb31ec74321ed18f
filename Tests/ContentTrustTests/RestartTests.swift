import ContentTrust
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// A real notary-server with a real notary-signer and PostgreSQL behind it, ended and started again.
@Suite("Servers that are started again", .timeLimit(.minutes(10)))
struct RestartTests {
  private func list(_ desk: ContentDesk) throws -> ChildProcess.Outcome {
    try desk.run(["content", "list", ContentDesk.name, "--json"])
  }

  private func seen(_ desk: ContentDesk) throws -> VersionFloors {
    try SeenVersions.read(try Repository(ContentDesk.name), in: desk.state)
  }

  @Test("One with a database has the same data and keys again; what was seen still counts, and new tags are read")
  func same() throws {
    let desk = try ContentDesk(on: DatabasePeer())
    try desk.rotate("snapshot", "-r")
    #expect(try desk.content("list").status == 0)
    let inspection = try JSON.parse(try desk.content("inspect", ["--json"]).output)
    for role in inspection["roles"]?.array ?? [] {
      #expect(role["keys"]?.array?.map { $0["algorithm"]?.string } == ["ecdsa p-256"])
    }
    let (before, timestamp) = (try seen(desk), desk.kept("timestamp.json"))
    desk.peer.stop()
    let away = try list(desk)
    #expect(away.status == 0 && away.text.contains("cannot be reached"), "\(away.errorText)")
    try desk.peer.start()
    let again = try list(desk)
    #expect(again.status == 0 && again.text.contains("\"offline\": null"), "\(again.errorText)")
    #expect(try seen(desk) == before && desk.kept("timestamp.json") == timestamp)
    try desk.sign("v2")
    #expect(try list(desk).text.contains("\"v2\""))
    let after = try seen(desk)
    for role in [RoleName.timestamp, .snapshot, .targets] {
      #expect(
        after.floors[role]?.version == (before.floors[role]?.version ?? 0) + 1
          && after.floors[role]?.keys == before.floors[role]?.keys)
    }
  }

  @Test("One that went back to an older database is refused, also where docker's folder was emptied meanwhile")
  func older() throws {
    let database = try DatabasePeer()
    let desk = try ContentDesk(on: database)
    #expect(try desk.content("list").status == 0)
    desk.peer.stop()
    try database.save()
    try desk.peer.start()
    try desk.sign("v2")
    #expect(try list(desk).text.contains("\"v2\""))
    let floors = try seen(desk)
    desk.peer.stop()
    try database.goBack()
    try desk.peer.start()
    for isEmptied in [false, true] {
      if isEmptied { _ = try ChildProcess.run(["rm", "-rf", desk.machine.located("/home/.docker/trust")]) }
      let refused = try list(desk)
      #expect(refused.status == 16 && refused.errorText.contains("rolled back"), "\(refused.text)\(refused.errorText)")
      #expect(try seen(desk) == floors)
    }
    // Whoever has not seen the newer state cannot know.
    #expect(try desk.peer.notary(["list", ContentDesk.name], folder: desk.machine.located("/fresh")).contains("v1"))
    // The owner signs on, beyond what was seen: both agree again.
    for tag in ["v3", "v4"] { try desk.sign(tag) }
    #expect(try desk.content("list").text.contains("v4"))
  }
}
