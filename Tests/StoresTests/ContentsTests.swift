import Glibc
import Stores
import TestSupport
import Testing
import TrustModel

@Suite("Reading key files")
struct ContentsTests {
  private static let location = KeyLocation(
    layer: .administrator, scope: .root, fingerprint: Samples.fingerprint)

  @Test("A file is read up to the limit and refused one octet past it (K-18)", arguments: [0, 1, 16_384, -1, 0x7fff])
  func limit(distance: Int) throws {
    let machine = try SandboxMachine()
    let size = distance == -1 ? KeyLayers.keyFileLimit : distance
    let octets = [UInt8](repeating: 7, count: size)
    try machine.write(Self.location.file, octets)
    #expect(try machine.layers.contents(at: Self.location) == octets)
    guard size == KeyLayers.keyFileLimit else { return }
    try machine.write(Self.location.file, octets + [7])
    let file = try #require(machine.layers.list().files.first)
    #expect(throws: StoreError.tooLarge(Self.location.file, limit: size)) {
      try machine.layers.contents(of: file)
    }
  }

  @Test("A file of a gigabyte costs nothing (K-18)")
  func sparse() throws {
    let machine = try SandboxMachine()
    try machine.write(Self.location.file, [1])
    truncate(machine.located(Self.location.file), 1 << 30)
    let time = ProcessorTime.measure {
      #expect(throws: StoreError.self) { try machine.layers.contents(at: Self.location) }
    }
    #expect(time < .milliseconds(100))
  }

  @Test("A file that grows while it is read is never longer than the limit")
  func growing() throws {
    let machine = try SandboxMachine()
    try machine.write(Self.location.file, [])
    let path = machine.located(Self.location.file)
    let block = [UInt8](repeating: 7, count: 65536)
    try OwnThread.during {
      for _ in 0..<300 {
        let contents = try? machine.layers.contents(at: Self.location)
        #expect((contents ?? []).count <= KeyLayers.keyFileLimit)
      }
    } repeat: {
      let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
      _ = write(file, block, block.count)
      if lseek(file, 0, SEEK_END) > 1 << 20 { ftruncate(file, 0) }
      close(file)
    }
  }

  @Test("A place without a file is nil; a listed file that is gone is missing")
  func gone() throws {
    let machine = try SandboxMachine()
    #expect(try machine.layers.contents(at: Self.location) == nil)
    try machine.write(Self.location.file, [1])
    let file = try #require(machine.layers.list().files.first)
    try machine.remove(Self.location.file)
    #expect(throws: StoreError.missing(Self.location.file)) { try machine.layers.contents(of: file) }
  }

  @Test("A file that this user may not read says so and leaves the others alone (K-07, K-23)")
  func unreadableFile() throws {
    let machine = try SandboxMachine()
    try machine.write(Self.location.file, [1], mode: 0)
    try machine.place([2], named: "\(Samples.other)", .administrator)
    let layers = machine.layers
    let path = Self.location.file
    try OwnThread.run(user: 65534) {
      let listing = layers.list()
      #expect(listing.files.map(\.natureWord) == ["candidate", "candidate"])
      #expect(throws: StoreError.permission(path)) { try layers.contents(at: Self.location) }
      let other = try #require(listing.file("\(Samples.other)"))
      #expect(try layers.contents(of: other) == [2])
    }
  }

  @Test(
    "A directory that this user may not read is an obstacle, wherever it stands",
    arguments: ["", "/root.d", "/prefix.d", "/prefix.d/example.com"])
  func unreadableDirectory(level: String) throws {
    let machine = try SandboxMachine()
    try machine.place([1], named: "\(Samples.fingerprint)", in: try Samples.scope("example.com"), .administrator)
    try machine.place([1], named: "\(Samples.fingerprint)", .administrator)
    try machine.setMode(Layer.administrator.directory + level, 0o700)
    if geteuid() != 0 { try machine.setMode(Layer.administrator.directory + level, 0) }
    let layers = machine.layers
    let name = try ImageName("example.com/hello")
    try OwnThread.run(user: 65534) {
      for listing in [
        layers.list(), layers.list(Samples.fingerprint),
      ] {
        let errors = listing.obstacles.filter { $0.concerns(name) }.map(\.error)
        #expect(!errors.isEmpty)
        for error in errors {
          guard case .permission(let path) = error else {
            Issue.record("\(error)")
            continue
          }
          #expect(path.hasSuffix(Layer.administrator.directory + level))
        }
      }
    }
  }

  @Test("A directory that can be searched but not listed still answers for one name")
  func searchableDirectory() throws {
    let machine = try SandboxMachine()
    try machine.place([1], named: "\(Samples.fingerprint)", .administrator)
    try machine.setMode(Layer.administrator.directory + "/root.d", 0o711)
    let layers = machine.layers
    try OwnThread.run(user: 65534) {
      // The directory cannot be opened for reading, so what is in it is doubt, never a silent nothing.
      #expect(layers.list().obstacles.map(\.scope) == [.root])
    }
  }

  @Test("Every error names the path, safe for a terminal, and what is wrong")
  func words() {
    let path = "/a\u{1b}[2Jb"
    let errors: [StoreError] = [
      .missing(path), .symbolicLink(path), .notRegular(path), .tooLarge(path, limit: 9), .permission(path),
      .system(path, EIO),
    ]
    for error in errors {
      #expect(error.path == path)
      #expect(!error.problem.isEmpty)
      #expect(!error.description.contains("\u{1b}"))
    }
    #expect(Set(errors.map(\.problem)).count == errors.count)
  }
}
