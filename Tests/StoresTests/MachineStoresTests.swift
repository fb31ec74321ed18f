import Glibc
import Stores
import TestSupport
import Testing
import TrustModel

@Suite struct MachineStoresTests {
  private static func stores(_ machine: SandboxMachine, _ environment: [String: String] = ["HOME": "/root"])
    -> MachineStores
  {
    MachineStores(sysroot: Sysroot(machine.path)) { environment[$0] }
  }

  @Test(
    "Content trust lies where docker looks for it",
    arguments: [
      (["HOME": "/home/eva"], "/home/eva/.docker/trust"), ([:], "/root/.docker/trust"),
      (["HOME": "eva"], "/root/.docker/trust"),
      (["HOME": "/h", "DOCKER_CONFIG": "/data/docker/"], "/data/docker/trust"),
      (["HOME": "/h", "DOCKER_CONFIG": ""], "/h/.docker/trust"), (["DOCKER_CONFIG": "relative"], nil),
      (["DOCKER_CONFIG": "/a/../b"], nil),
    ] as [([String: String], String?)])
  func directory(environment: [String: String], directory: String?) throws {
    let stores = Self.stores(try SandboxMachine(), environment)
    #expect(stores.directory(of: .contentTrust) == directory)
    #expect(stores.directory(of: .trustedKeys) == "/etc/rkt/trustedkeys")
  }

  @Test("Every regular file is listed in order; links, special files and odd names are named, and nothing is followed")
  func contentTrust() throws {
    let machine = try SandboxMachine()
    let top = "/root/.docker/trust"
    for path in ["tuf/h/app/metadata/root.json", "private/b.key", "private/a.key", "loose"] {
      try machine.write(top + "/" + path, [1])
    }
    try machine.write("/elsewhere/secret.key", [1])
    try machine.link(top + "/private/linked.key", to: machine.located("/elsewhere/secret.key"))
    try machine.link(top + "/linked", to: machine.located("/elsewhere"))
    try machine.makeFIFO(top + "/pipe")
    try machine.write(top + "/new\nline", [1])
    try machine.write(top + "/.keyreeve-1-x", [1])
    let listing = try Self.stores(machine).list(.contentTrust)
    #expect(
      listing.files.map(\.place.path.description) == [
        "loose", "private/a.key", "private/b.key", "tuf/h/app/metadata/root.json",
      ])
    #expect(
      Set(listing.omissions.map(\.file)) == [
        top + "/private/linked.key", top + "/linked", top + "/pipe", top + "/new<U+000A>line", top + "/.keyreeve-1-x",
      ])
  }

  @Test("Keys and masks of the administrator are listed, the distribution's and strays are not")
  func trustedKeys() throws {
    let machine = try SandboxMachine()
    let key = try MadeCertificate.simple(.ed25519(), userID: "K <k@example.com>")
    let linked = try MadeCertificate.simple(.ed25519(), userID: "L <l@example.com>").primary.fingerprint
    try machine.place(key, .distribution)
    try machine.mask(key.primary.fingerprint)
    try machine.place(key, in: .prefix(try Prefix("example.com")), .administrator)
    try machine.place([1], named: "README", .administrator)
    let directory = SandboxMachine.directory(.administrator, .root)
    try machine.link(directory + "/\(linked)", to: "/dev/null")
    try machine.link(directory + "/dangling", to: "/nonexistent")
    try machine.write("/etc/rkt/trustedkeys/prefix.d/loose", [1])
    let listing = try Self.stores(machine).list(.trustedKeys)
    #expect(listing.files.compactMap(\.place.key).count == 3)
    #expect(listing.files.filter(\.isLinkedMask).map(\.place.key?.fingerprint) == [linked])
    #expect(listing.omissions.count == 3)
  }

  @Test("A store that cannot be looked into is an error, not a shorter list", .enabled(if: geteuid() == 0))
  func permission() throws {
    let machine = try SandboxMachine()
    let path = machine.path
    for directory in [
      "/root/.docker/trust/private", "/root/.notary/private", "/etc/keyreeve", "/etc/rkt/trustedkeys/root.d",
    ] {
      try machine.makeDirectory(directory)
      try machine.setMode(directory, 0)
    }
    for store in Store.allCases {
      try OwnThread.run(user: 65534) {
        #expect(throws: StoreError.self) {
          try MachineStores(sysroot: Sysroot(path)) { ["HOME": "/root"][$0] }.list(store)
        }
        return ()
      }
    }
  }

  @Test("Directories deeper than the limit are named, those at it are listed")
  func depth() throws {
    let machine = try SandboxMachine()
    func path(_ depth: Int) -> String { Array(repeating: "d", count: depth - 1).joined(separator: "/") + "/f" }
    try machine.write("/root/.docker/trust/" + path(64), [1])
    #expect(try Self.stores(machine).list(.contentTrust).files.count == 1)
    try machine.write("/root/.docker/trust/" + path(65), [1])
    let listing = try Self.stores(machine).list(.contentTrust)
    #expect(listing.files.count == 1)
    #expect(listing.omissions.count == 1)
  }

  @Test("A file larger than the limit is not read, one at the limit is")
  func size() throws {
    let machine = try SandboxMachine()
    let file = "/root/.docker/trust/big"
    try machine.write(file, [1])
    let place = try #require(Self.stores(machine).list(.contentTrust).files.first?.place)
    truncate(machine.located(file), off_t(Store.fileLimit))
    #expect(try place.contents(under: Sysroot(machine.path))?.contents.count == Store.fileLimit)
    truncate(machine.located(file), off_t(Store.fileLimit + 1))
    #expect(throws: StoreError.tooLarge(file, limit: Store.fileLimit)) {
      try place.contents(under: Sysroot(machine.path))
    }
  }
}
