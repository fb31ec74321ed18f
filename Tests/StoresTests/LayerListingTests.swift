import Stores
import TestSupport
import Testing
import TrustModel

@Suite("Listing both layers")
struct LayerListingTests {
  @Test("Every place of both layers is listed with its layer, scope and fingerprint, and nothing else")
  func places() throws {
    let machine = try SandboxMachine()
    let scopes: [Scope] = [.root, try Samples.scope("example.com"), try Samples.scope("example.com/hello/web")]
    for layer in Layer.allCases {
      for scope in scopes { try machine.place([1], named: "\(Samples.fingerprint)", in: scope, layer) }
    }
    let listing = machine.layers.list()
    #expect(listing.files.count == 6)
    for layer in Layer.allCases {
      for scope in scopes {
        let file = try #require(listing.file("\(Samples.fingerprint)", scope, layer))
        #expect(file.fingerprint == Samples.fingerprint)
        #expect(file.nature == .candidate)
        #expect(file.path == SandboxMachine.directory(layer, scope) + "/\(Samples.fingerprint)")
        #expect(file.location == KeyLocation(layer: layer, scope: scope, fingerprint: Samples.fingerprint))
      }
    }
    #expect(listing.obstacles.isEmpty)
    #expect(listing.misplaced.isEmpty)
    // Top, root.d, prefix.d and the three directories of the two prefixes, in both layers.
    #expect(listing.directories.count == 12)
  }

  @Test("One fingerprint's files are the same by listing everything, by listing it, and by probing a name's scopes")
  func sameByEveryWay() throws {
    let machine = try SandboxMachine()
    let wanted = Samples.fingerprint
    let name = try ImageName("example.com/hello/web")
    for layer in Layer.allCases {
      for scope in name.scopes {
        try machine.place([1], named: "\(wanted)", in: scope, layer)
        try machine.place([1], named: "\(Samples.other)", in: scope, layer)
        try machine.place([1], named: "README", in: scope, layer)
      }
    }
    let all = machine.layers.list().files.filter { $0.fingerprint == wanted }
    #expect(all.count == 8)
    #expect(Set(machine.layers.list(wanted).files) == Set(all))
  }

  @Test("A prefix with a component of forty hexadecimal digits holds keys as any other does")
  func prefixLikeAFingerprint() throws {
    let machine = try SandboxMachine()
    let name = try ImageName("example.com/\(Samples.other)")
    try machine.place([1], named: "\(Samples.fingerprint)", in: try Samples.scope(name.description), .distribution)
    let listed = machine.layers.list().files.filter { $0.fingerprint == Samples.fingerprint }
    #expect(listed.map(\.scope) == [.prefix(try Prefix(name.description))])
    #expect(machine.layers.list(Samples.fingerprint).files == listed)
  }

  @Test("Layers that are not there hold nothing and hide nothing", arguments: Layer.allCases)
  func absent(layer: Layer) throws {
    let machine = try SandboxMachine()
    for name in ["root.d", "prefix.d"] {
      _ = try ChildProcess.run(["rmdir", machine.located(layer.directory + "/" + name)])
    }
    #expect(try machine.layers.exists(layer))
    _ = try ChildProcess.run(["rmdir", machine.located(layer.directory)])
    let listing = machine.layers.list()
    #expect(listing.files.isEmpty)
    #expect(listing.obstacles.isEmpty)
    #expect(listing.directories.allSatisfy { $0.layer != layer })
    #expect(try !machine.layers.exists(layer))
  }

  @Test("A sysroot that is not there is empty, not an error")
  func absentMachine() throws {
    let layers = KeyLayers(sysroot: Sysroot("/nonexistent/machine"))
    #expect(layers.list().files.isEmpty)
    #expect(layers.list().obstacles.isEmpty)
  }

  @Test(
    "Directories that are no valid prefix are reported, not entered, and hide no other",
    arguments: [
      "A.com", "a..b", ".hidden", "a_", "-a", "%2e%2e", "a b", "a\u{1b}[2J", "ex\u{e4}mple.com", "a:b", "\u{202e}a",
      String(repeating: "a", count: 255) + "/A",
    ])
  func invalidPrefix(directory: String) throws {
    let machine = try SandboxMachine()
    let top = Layer.administrator.directory + "/prefix.d/"
    try machine.write(top + directory + "/\(Samples.fingerprint)", [1])
    try machine.place([1], named: "\(Samples.fingerprint)", in: try Samples.scope("zzz.example"), .administrator)
    let listing = machine.layers.list()
    #expect(listing.misplaced.map(\.path) == [top + directory])
    #expect(listing.files.map(\.scope.description) == ["zzz.example"])
  }

  @Test("Files right below prefix.d belong to no prefix and are reported", arguments: [[], [1]] as [[UInt8]])
  func fileOfNoPrefix(octets: [UInt8]) throws {
    let machine = try SandboxMachine()
    let path = try machine.write(Layer.administrator.directory + "/prefix.d/\(Samples.fingerprint)", octets)
    let listing = machine.layers.list()
    #expect(listing.misplaced.map(\.path) == [path])
    #expect(listing.files.isEmpty)
    #expect(machine.layers.list(Samples.fingerprint).files.isEmpty)
  }

  @Test("A tree as deep as a name can be is read; a deeper one is reported")
  func depth() throws {
    let machine = try SandboxMachine()
    // 512 components of one letter are 1023 octets, the longest identifier but for one.
    let deepest = [String](repeating: "a", count: 512).joined(separator: "/")
    try machine.place([1], named: "\(Samples.fingerprint)", in: try Samples.scope(deepest), .administrator)
    #expect(machine.layers.list().files.map(\.scope.description) == [deepest])
    try machine.makeDirectory(Layer.administrator.directory + "/prefix.d/\(deepest)/a")
    let listing = machine.layers.list()
    #expect(listing.files.count == 1)
    #expect(listing.misplaced.map(\.path) == [Layer.administrator.directory + "/prefix.d/\(deepest)/a"])
  }

  @Test("A file whose name is not UTF-8 is reported like any other stray file")
  func nameOutsideUTF8() throws {
    let machine = try SandboxMachine()
    let place = machine.located(Layer.administrator.directory + "/root.d")
    _ = try ChildProcess.run(["bash", "-c", #"touch "$1"/$'\xff\xfe'"#, "bash", place])
    // The folder that the machine is in removes names that are text.
    defer { _ = try? ChildProcess.run(["rm", "-r", place]) }
    #expect(machine.layers.list().files.map(\.natureWord) == ["stray"])
  }

  @Test("10,000 entries are listed in well under two seconds, without opening one (K-18)")
  func many() throws {
    let machine = try SandboxMachine()
    try machine.makeDirectory("/usr/lib/rkt/trustedkeys/root.d")
    let script = #"cd "$1" && seq -f '%040.0f' 1 10000 | xargs touch && chmod 0 $(seq -f '%040.0f' 1 50)"#
    let made = try ChildProcess.run(
      ["bash", "-c", script, "bash", machine.located("/usr/lib/rkt/trustedkeys/root.d")])
    #expect(made.status == 0, "\(made.errorText)")
    let wanted = try #require(Fingerprint(fileName: String(repeating: "0", count: 36) + "7777"))
    var listing = machine.layers.list()
    let whole = ProcessorTime.measure { listing = machine.layers.list() }
    #expect(listing.files.count == 10_000)
    #expect(whole < .seconds(2))
    let one = ProcessorTime.measure { listing = machine.layers.list(wanted) }
    #expect(listing.files.map(\.fingerprint) == [wanted])
    #expect(one < whole / 10)
  }
}
