import Stores
import TestSupport
import Testing
import TrustModel

/// K-01 and K-02: links are never followed, wherever they stand.
@Suite("Symbolic links")
struct LinkTests {
  static let name = "\(Samples.fingerprint)"

  static let targets: [(String, String)] = [
    ("/dev/null", "empty"), ("../root.d/\(Samples.other)", "stray"), (name, "stray"), ("/nonexistent", "stray"),
    ("/etc/passwd", "stray"), ("/dev/zero", "stray"), ("/dev/./null", "stray"), (".", "stray"),
  ]

  @Test("A link in the place of a key vouches for nobody; one to /dev/null is a mask (K-01)", arguments: targets)
  func keyFile(target: String, nature: String) throws {
    let machine = try SandboxMachine()
    try machine.place([1], named: "\(Samples.other)", .administrator)
    for scope in [.root, try Samples.scope("example.com")] as [Scope] {
      try machine.link(SandboxMachine.directory(.administrator, scope) + "/" + Self.name, to: target)
      let listing = machine.layers.list()
      let file = try #require(listing.file(Self.name, scope))
      #expect(file.natureWord == nature)
      #expect(file.isMask == (nature == "empty"))
      #expect(listing.file("\(Samples.other)")?.nature == .candidate)
      #expect(throws: StoreError.self) { try machine.layers.contents(of: file) }
      let location = try #require(file.location)
      #expect(throws: StoreError.symbolicLink(location.file)) {
        try machine.layers.contents(at: location)
      }
    }
  }

  @Test("A link to /dev/null in the distribution's layer masks nothing")
  func distributionNull() throws {
    let machine = try SandboxMachine()
    try machine.link("/usr/lib/rkt/trustedkeys/root.d/" + Self.name, to: "/dev/null")
    #expect(machine.layers.list().files.map(\.isMask) == [false])
  }

  @Test("A link to /dev/null under another name masks nothing")
  func misnamedNull() throws {
    let machine = try SandboxMachine()
    try machine.link("/etc/rkt/trustedkeys/root.d/README", to: "/dev/null")
    #expect(machine.layers.list().files.map(\.natureWord) == ["stray"])
  }

  static let levels = [
    "", "/rkt", "/rkt/trustedkeys", "/rkt/trustedkeys/prefix.d", "/rkt/trustedkeys/prefix.d/example.com",
    "/rkt/trustedkeys/prefix.d/example.com/hello",
  ]

  @Test(
    "A directory that is a link hides what lies behind it, and that is an obstacle (K-02)", arguments: levels,
    Layer.allCases)
  func directory(level: String, layer: Layer) throws {
    let machine = try SandboxMachine()
    let name = try ImageName("example.com/hello")
    let location = KeyLocation(
      layer: layer, scope: try Samples.scope("example.com/hello"), fingerprint: Samples.fingerprint)
    try machine.place([1], named: Self.name, in: location.scope, layer)
    let link = (layer == .distribution ? "/usr/lib" : "/etc") + level
    try machine.replaceByLink(link)
    for listing in [
      machine.layers.list(), machine.layers.list(Samples.fingerprint),
    ] {
      // The link itself may be listed, as what it is.
      #expect(listing.files.allSatisfy { $0.natureWord == "stray" })
      let obstacle = try #require(listing.obstacles.first)
      #expect(listing.obstacles.allSatisfy { $0.layer == layer && $0.concerns(name) })
      guard case .symbolicLink(let path) = obstacle.error else {
        Issue.record("\(obstacle.error)")
        continue
      }
      #expect(path.hasSuffix(link))
    }
    #expect(throws: StoreError.self) { try machine.layers.contents(at: location) }
  }

  @Test("A link in the place of root.d is an obstacle for every name", arguments: Layer.allCases)
  func rootDirectory(layer: Layer) throws {
    let machine = try SandboxMachine()
    try machine.place([1], named: Self.name, layer)
    try machine.replaceByLink(layer.directory + "/root.d")
    let listing = machine.layers.list()
    #expect(listing.files.isEmpty)
    #expect(listing.obstacles.map(\.scope) == [.root])
    let name = try ImageName("other.org")
    #expect(listing.obstacles.allSatisfy { $0.concerns(name) })
  }

  @Test("A link in the place of one prefix's directory hides that prefix and no other")
  func otherPrefixes() throws {
    let machine = try SandboxMachine()
    for prefix in ["example.com/hello", "example.com/other", "example.org"] {
      try machine.place([1], named: Self.name, in: try Samples.scope(prefix), .administrator)
    }
    try machine.replaceByLink(Layer.administrator.directory + "/prefix.d/example.com/hello")
    let listing = machine.layers.list()
    #expect(
      listing.files.filter { $0.natureWord != "stray" }.map(\.scope.description) == [
        "example.com/other", "example.org",
      ])
    let obstacle = try #require(listing.obstacles.first)
    #expect(listing.obstacles.count == 1)
    for (name, isConcerned) in [
      ("example.com/hello", true), ("example.com/hello/web", true), ("example.com/other", false),
      ("example.com/hello2", false), ("example.com", false),
    ] {
      #expect(obstacle.concerns(try ImageName(name)) == isConcerned, "\(name)")
    }
  }

  @Test("Links on the way to the sysroot are the user's own and are followed")
  func wayToTheMachine() throws {
    let machine = try SandboxMachine()
    try machine.place([1], named: Self.name, .administrator)
    try machine.link("/elsewhere", to: machine.path)
    let layers = KeyLayers(sysroot: Sysroot(machine.located("/elsewhere") + "//"))
    #expect(layers.list().files.count == 1)
  }
}
