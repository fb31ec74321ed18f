import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// Notary's own folder in a backup, beside docker's.
@Suite("A backup with notary's folder")
struct NotaryFolderTests {
  private static func collect(_ machine: SandboxMachine) throws -> BackupArchive {
    try BackupCollection(
      MachineStores(sysroot: Sysroot(machine.path)) { ["HOME": "/root"][$0] }, program: "keyreeve 0.1.0", host: "web01",
      at: Moment.now
    ).archive
  }

  private static func octets(_ archive: BackupArchive) -> [UInt8] {
    var octets: [UInt8] = []
    _ = archive.forEachPiece { piece in
      octets += Array(piece)
      return true
    }
    return octets
  }

  private static func machine(notary: Bool) throws -> SandboxMachine {
    let machine = try SandboxMachine()
    let name = "/private/\(String(repeating: "ab", count: 32)).key"
    let key = Array(BackupCollectionTests.key.utf8)
    try machine.write("/root/.docker/trust" + name, key, mode: 0o600)
    if notary { try machine.write("/root/.notary" + name, key, mode: 0o600) }
    return machine
  }

  @Test("Both folders are kept, each as a store of its own, and read back; the form says so")
  func both() throws {
    let archive = try Self.collect(try Self.machine(notary: true))
    #expect(archive.manifest.files.map(\.store) == [.contentTrust, .notaryTrust])
    #expect(archive.manifest.directories[.notaryTrust] == "/root/.notary")
    let octets = Self.octets(archive)
    #expect(String(decoding: octets, as: UTF8.self).contains("keyreeve.backup/2"))
    #expect(try BackupReadingTests.Shelf(octets).read() == archive)
    #expect(BackupProblem.all(in: archive).isEmpty)
  }

  @Test("Without that folder, and with a link to docker's in its place, nothing changes")
  func without() throws {
    let machine = try Self.machine(notary: false)
    let archive = try Self.collect(machine)
    #expect(archive.manifest.stores == [.trustedKeys, .contentTrust, .configuration])
    #expect(String(decoding: Self.octets(archive), as: UTF8.self).contains("keyreeve.backup/1"))
    // On the machine itself the way to a person's own folder may have links.
    let home = machine.located("/root")
    try machine.link("/root/.notary", to: home + "/.docker/trust")
    let stores = MachineStores(sysroot: .machine) { ["HOME": home][$0] }
    #expect(!stores.has(.notaryTrust))
    #expect(try stores.list(.notaryTrust).files.isEmpty && stores.list(.contentTrust).files.count == 1)
  }
}
