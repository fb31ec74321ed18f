import ContentTrust
import Glibc
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel

/// Roots walked version by version against the real server.
@Suite("Rotated roots", .timeLimit(.minutes(2)))
struct RootRotationTests {
  @Test("Three rotations of the root key are followed from a root that was kept, and from none")
  func three() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    for _ in 1...3 { try desk.rotate("root") }
    try desk.sign("v2")
    let first = try #require(desk.kept("root.json"))
    let kept = KeptMetadata(root: first)
    let walked = try desk.reading(from: kept)
    #expect(walked.trusted.root.head.version == 4 && walked.advance.documents.prefix(3).allSatisfy { $0.role == .root })
    let fresh = try desk.reading(from: KeptMetadata { _ in nil })
    #expect(fresh.trusted.root.head.version == 4 && fresh.firstRoot == walked.update.rootOctets)
    #expect(try desk.run(["content", "list", ContentDesk.name]).text.contains("v2"))
    #expect(desk.kept("root.json") == walked.update.rootOctets)
    // A root that was kept and is older than what was seen is brought forward again.
    try desk.machine.write(ContentDesk.metadata + "/root.json", first, mode: 0o600)
    #expect(try desk.run(["content", "list", ContentDesk.name]).status == 0)
    #expect(desk.kept("root.json") == walked.update.rootOctets)
  }

  @Test("Of a chain that ends in a refusal, the roots that were good are kept")
  func salvaged() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    try desk.rotate("root")
    let repository = try Repository(ContentDesk.name)
    let folder = TrustFolder(sysroot: Sysroot(desk.machine.path), path: "/home/.docker/trust")
    let documents = KeptDocuments(repository, in: folder)
    let floors = try SeenVersions.read(repository, in: desk.state)
    // In twenty days the timestamp has expired, and the server makes no other one for a clock that only we have moved.
    let later = Timestamp(seconds: Int64(time(nil))).advanced(by: 20 * 86_400)
    var lesson: ContentLesson?
    let error = #expect(throws: MetadataError.self) {
      try desk.reading(from: KeptMetadata(documents, floors: floors), at: later) {
        lesson = ContentLesson($0.advance, from: documents, floors: floors)
      }
    }
    guard case .expired? = error?.rule else {
      Issue.record("\(String(describing: error))")
      return
    }
    try desk.cache.keep(try #require(lesson))
    let root = try FirstRoot(try #require(desk.kept("root.json")), of: repository, at: nil)
    #expect(root.document.head.version == 2)
    #expect(try SeenVersions.read(repository, in: desk.state).floors[.root]?.version == 2)
  }
}
