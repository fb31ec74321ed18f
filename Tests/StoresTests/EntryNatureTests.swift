import Glibc
import Stores
import TestSupport
import Testing
import TrustModel

/// K-05, K-06 and the empty files of K-07: what an entry is by its name and kind.
@Suite("What an entry is")
struct EntryNatureTests {
  static let name = "\(Samples.fingerprint)"

  static let names: [(String, String)] = [
    (name, "candidate"), (String(repeating: "0", count: 40), "candidate"), (name.uppercased(), "stray"),
    (name.dropLast() + "B", "stray"), (name + ".asc", "stray"), (name + " ", "stray"), (" " + name, "stray"),
    (name + "\n", "stray"), (String(name.dropLast()), "stray"), (name + "a", "stray"),
    (String(name.suffix(16)), "stray"),
    (String(name.suffix(8)), "stray"), (name + String(name.prefix(24)), "stray"), ("0x" + name.dropFirst(2), "stray"),
    (String(repeating: "g", count: 40), "stray"), (String(repeating: "\u{ff41}", count: 40), "stray"),
    (name.dropLast(2) + "e\u{301}", "stray"), ("README", "stray"), (".keep", "stray"), (".\(name)", "stray"),
    (name + "~", "stray"), ("\u{1b}]0;x\u{7}", "stray"),
  ]

  @Test("Only forty lower-case hexadecimal digits name a key (K-06)", arguments: names, Layer.allCases)
  func naming(named: (name: String, nature: String), layer: Layer) throws {
    let machine = try SandboxMachine()
    for scope in [.root, try Samples.scope("example.com")] as [Scope] {
      try machine.place([1], named: named.name, in: scope, layer)
      let file = try #require(machine.layers.list().file(named.name, scope, layer))
      #expect(file.natureWord == named.nature)
      #expect((file.fingerprint != nil) == (named.nature == "candidate"))
      #expect((file.location != nil) == (named.nature == "candidate"))
    }
  }

  @Test("An upper-case name is told from any other wrong one, and both cases may be present (K-06)")
  func upperCase() throws {
    let machine = try SandboxMachine()
    for named in [Self.name, Self.name.uppercased()] { try machine.place([1], named: named, .administrator) }
    let listing = machine.layers.list()
    #expect(listing.file(Self.name)?.nature == .candidate)
    guard case .stray(let reason) = listing.file(Self.name.uppercased())?.nature else {
      Issue.record("an upper-case name counts")
      return
    }
    #expect(reason.contains("upper-case"))
  }

  @Test("An empty file is a mask by its fingerprint in the administrator's layer alone (K-07)")
  func empty() throws {
    let machine = try SandboxMachine()
    for layer in Layer.allCases {
      try machine.place([], named: Self.name, layer)
      try machine.place([], named: ".keep", layer)
      try machine.place([], named: Self.name.uppercased(), layer)
    }
    let listing = machine.layers.list()
    for layer in Layer.allCases {
      #expect(listing.file(Self.name, .root, layer)?.nature == .empty)
      #expect(listing.file(".keep", .root, layer)?.natureWord == "stray")
    }
    #expect(listing.files.filter(\.isMask).map(\.path) == ["/etc/rkt/trustedkeys/root.d/" + Self.name])
  }

  @Test("One octet is no mask")
  func newline() throws {
    let machine = try SandboxMachine()
    try machine.place([0x0a], named: Self.name, .administrator)
    #expect(machine.layers.list().file(Self.name)?.nature == .candidate)
  }

  @Test(
    "What is neither file nor directory is stray, and reading it neither waits nor succeeds (K-05)",
    .timeLimit(.minutes(1)), arguments: ["fifo", "socket", "device", "directory"], ["root", "example.com"])
  func special(kind: String, place: String) throws {
    let machine = try SandboxMachine()
    let scope: Scope = place == "root" ? .root : try Samples.scope(place)
    let location = KeyLocation(layer: .administrator, scope: scope, fingerprint: Samples.fingerprint)
    try machine.makeDirectory(location.directory)
    switch kind {
    case "fifo": try machine.makeFIFO(location.file)
    case "directory": try machine.makeDirectory(location.file)
    case "device":
      // Only root can make one.
      guard mknod(machine.located(location.file), S_IFCHR | 0o644, 0x103) == 0 else { return }
    default:
      let script = "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])"
      let outcome = try ChildProcess.run(
        ["python3", "-c", script, Self.name], directory: machine.located(location.directory))
      #expect(outcome.status == 0, "\(outcome.errorText)")
    }
    try machine.place([1], named: "\(Samples.other)", in: scope, .administrator)
    let listing = machine.layers.list()
    let file = try #require(listing.file(Self.name, scope))
    #expect(file.natureWord == "stray")
    #expect(!file.isMask)
    #expect(listing.file("\(Samples.other)", scope)?.nature == .candidate)
    #expect(throws: StoreError.self) { try machine.layers.contents(of: file) }
    #expect(throws: StoreError.self) { try machine.layers.contents(at: location) }
    #expect(machine.layers.list(Samples.fingerprint).files == [file])
  }
}
