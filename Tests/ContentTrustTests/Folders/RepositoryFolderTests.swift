import ContentTrust
import Fetch
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

/// A folder that is read as a server would be.
@Suite("A folder of repositories is read")
struct RepositoryFolderTests {
  private static let repository = "example.com/team/app"
  private static let tree = "/srv/v2/example.com/team/app/_trust/tuf"

  private func answer(_ machine: SandboxMachine, _ request: MetadataRequest) throws -> String {
    let folder = RepositoryFolder(sysroot: Sysroot(machine.path), path: "/srv")
    switch folder.answer(request, of: try Repository(Self.repository)) {
    case .octets(let octets): return "octets \(octets.count)"
    case .absent: return "absent"
    case .longer(let limit): return "longer \(limit)"
    case .unreachable(let cause): return "unreachable \(cause)"
    }
  }

  @Test("What is there, what is not, what is too long, and what is no file; nothing through a link")
  func answers() throws {
    let machine = try SandboxMachine()
    var limits = MetadataLimits()
    limits.root = 100
    // Without the folder nothing is known: that is not the answer of one that has nothing.
    #expect(try answer(machine, .latestRoot(limits)).hasPrefix("unreachable"))
    try machine.makeDirectory("/srv")
    #expect(try answer(machine, .latestRoot(limits)) == "absent")
    try machine.write(Self.tree + "/root.json", [UInt8](repeating: 0x20, count: 100))
    #expect(try answer(machine, .latestRoot(limits)) == "octets 100")
    #expect(try answer(machine, .root(version: 1, limits)) == "absent")
    limits.root = 99
    #expect(try answer(machine, .latestRoot(limits)) == "longer 99")
    limits.root = 100
    try machine.link(Self.tree + "/1.root.json", to: "root.json")
    #expect(try answer(machine, .root(version: 1, limits)).contains("symbolic link"))
    try machine.makeFIFO(Self.tree + "/2.root.json")
    #expect(try answer(machine, .root(version: 2, limits)).contains("not a regular file"))
    try machine.makeDirectory(Self.tree + "/3.root.json")
    #expect(try answer(machine, .root(version: 3, limits)).hasPrefix("unreachable"))
    try machine.makeDirectory("/elsewhere/team")
    try machine.replaceByLink("/srv/v2/example.com")
    #expect(try answer(machine, .latestRoot(limits)).contains("symbolic link"))
  }

  @Test("Repositories are those with documents and a name, whatever else lies there")
  func repositories() throws {
    let machine = try SandboxMachine()
    let folder = RepositoryFolder(sysroot: Sysroot(machine.path), path: "/srv")
    #expect(throws: StoreError.self) { try folder.repositories() }
    try machine.makeDirectory("/srv")
    #expect(try folder.repositories() == [])
    for place in [
      "/example.com/b/_trust/tuf", "/example.com/a/x/_trust/tuf", "/localhost:5000/c/_trust/tuf",
      "/example.com/empty/_trust",
      "/UPPER case/d/_trust/tuf", "/_trust/tuf",
    ] { try machine.makeDirectory("/srv/v2" + place) }
    try machine.link("/srv/v2/linked", to: "example.com")
    #expect(try folder.repositories().map(\.name) == ["example.com/a/x", "example.com/b", "localhost:5000/c"])
  }

  @Test("The repository with the most parts that a name can have is found")
  func deepest() throws {
    let machine = try SandboxMachine()
    let name = "localhost" + String(repeating: "/a", count: (Repository.limit - 9) / 2)
    try machine.makeDirectory("/srv/v2/\(name)/_trust/tuf")
    let folder = RepositoryFolder(sysroot: Sysroot(machine.path), path: "/srv")
    #expect(try folder.repositories().map(\.name) == [name] && name.utf8.count == Repository.limit)
  }

  @Test("A lock file has as many repositories as are allowed, and not one more", arguments: [0, 1])
  func lock(excess: Int) throws {
    let rows = (0..<FreezeLock.repositoryLimit + excess).map { number in
      """
      {"repository":"localhost/\(number)","judged":"2026-01-01T00:00:00Z","expires":"2026-01-01T00:00:00Z","anchor":"kept",\
      "firstRoot":1,"rootKeys":[],"files":[],"tags":[]}
      """
    }
    let text = #"{"schema":"keyreeve.freeze/1","frozen":"2026-01-01T00:00:00Z","repositories":["#
    let lock = FreezeLock(Array((text + rows.joined(separator: ",") + "]}").utf8))
    #expect(lock?.repositories.count == (excess == 0 ? FreezeLock.repositoryLimit : nil))
  }

  @Test(
    "Addresses of folders and of servers",
    arguments: [
      ("file:///srv/trust", "/srv/trust"), ("file:///srv//trust/", "/srv/trust"), ("file:///srv/a%20b%25", "/srv/a b%"),
      ("file:///srv/\u{e9}", "/srv/\u{e9}"), ("file://" + String(repeating: "/", count: 10) + "x", "/x"),
      ("file:///" + String(repeating: "a", count: 4_095), "/" + String(repeating: "a", count: 4_095)),
    ])
  func addresses(text: String, path: String) throws {
    guard case .folder(let folder) = try MetadataSource(text) else { throw NotaryPeer.Failure.failed(text) }
    #expect(folder.path.utf8.elementsEqual(path.utf8))
    guard case .folder(let again) = try MetadataSource(folder.address) else { throw NotaryPeer.Failure.failed(text) }
    #expect(again == folder)
  }

  @Test(
    "Anything else is no folder",
    arguments: [
      "file:///", "file://host/srv", "file://srv", "file:///a/../b", "file:///a/%2e%2e/b", "file:///a%", "file:///a%0",
      "file:///a%00",
      "file:///a?b", "file:///a#b", "file:///%ff", "file:/srv", "FILE:///srv", "http://localhost/",
      "file:///" + String(repeating: "a", count: 4_096),
    ])
  func noAddress(text: String) { #expect(throws: AddressError.self) { try MetadataSource(text) } }

  @Test("A folder below a sysroot is one of that machine, however it is written; servers go on as before")
  func sysroot() throws {
    let sysroot = Sysroot("/machine")
    let folder = RepositoryFolder(sysroot: sysroot, path: "/srv")
    #expect(try MetadataSource("file:///srv", on: sysroot) == .folder(folder))
    #expect(try MetadataSource("file:///machine/srv", on: sysroot) == .folder(folder))
    #expect(try MetadataSource("file:///srv", on: sysroot).base == "file:///machine/srv")
    #expect(try MetadataSource("https://localhost:4443/").base == "https://localhost:4443")
    var rule = ServerRule()
    rule.byRegistry["example.com"] = .folder(folder)
    #expect(try rule.source(of: Repository(Self.repository)) == .folder(folder))
    // Docker's and notary's own settings are servers alone.
    rule = ServerRule()
    for keyPath in [\ServerRule.docker, \ServerRule.notary] {
      var rule = rule
      rule[keyPath: keyPath] = "file:///srv"
      #expect(throws: AddressError.self) { try rule.source(of: Repository(Self.repository)) }
    }
  }
}
