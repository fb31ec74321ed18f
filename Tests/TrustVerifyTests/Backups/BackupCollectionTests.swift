import Glibc
import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// What a backup takes of a machine, what it leaves, and what is said of it.
@Suite("Collecting a backup")
struct BackupCollectionTests {
  private static func stores(_ machine: SandboxMachine) -> MachineStores {
    MachineStores(sysroot: Sysroot(machine.path)) { ["HOME": "/root"][$0] }
  }

  private static func collect(_ machine: SandboxMachine, limits: BackupLimits = BackupLimits()) throws(BackupError)
    -> BackupCollection
  {
    try BackupCollection(
      stores(machine), program: "keyreeve 0.1.0", host: "web\u{1b}01", at: Moment.now, limits: limits)
  }

  static let key = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nrole: root\n\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
  static let metadata = #"{"signed":{"version":3},"signatures":[]}"#

  /// A machine with something in each store.
  private static func machine() throws -> SandboxMachine {
    let machine = try SandboxMachine()
    try machine.place(try MadeCertificate.simple(.ed25519(), userID: "K <k@example.com>"), .administrator)
    try machine.write(
      "/root/.docker/trust/private/\(String(repeating: "ab", count: 32)).key", Array(key.utf8), mode: 0o600)
    try machine.write("/root/.docker/trust/tuf/h/app/metadata/root.json", Array(metadata.utf8))
    try machine.write("/etc/keyreeve/10.conf", Array("[fetch]\n".utf8), mode: 0o600)
    return machine
  }

  @Test("Every file is taken as it is, with its mode, and what is made of it is read back")
  func collects() throws {
    let machine = try Self.machine()
    let collection = try Self.collect(machine)
    let manifest = collection.archive.manifest
    #expect(manifest.files.map(\.store) == [.trustedKeys, .contentTrust, .contentTrust, .configuration])
    #expect(manifest.files.map(\.mode) == [0o644, 0o600, 0o644, 0o600])
    #expect(manifest.directories[.contentTrust] == "/root/.docker/trust")
    #expect(manifest.host == "web<U+001B>01")
    for (file, octets) in collection.archive.files {
      let directory = try #require(manifest.directories[file.store])
      #expect(machine.contents(directory + "/\(file.path)") == octets)
    }
    #expect(collection.omissions.isEmpty)
    #expect(BackupProblem.all(in: collection.archive).isEmpty)
    var octets: [UInt8] = []
    _ = collection.archive.forEachPiece { piece in
      octets += Array(piece)
      return true
    }
    #expect(try BackupReadingTests.Shelf(octets).read() == collection.archive)
  }

  @Test("A mask that is a link to /dev/null is kept as an empty file, other links not at all")
  func links() throws {
    let machine = try SandboxMachine()
    let directory = SandboxMachine.directory(.administrator, .root)
    try machine.link(directory + "/" + BackupReadingTests.mask, to: "/dev/null")
    try machine.link(directory + "/" + String(repeating: "a", count: 40), to: "/etc/passwd")
    let collection = try Self.collect(machine)
    #expect(collection.archive.manifest.files.map(\.path.name) == [BackupReadingTests.mask])
    #expect(collection.archive.contents == [[]])
    #expect(collection.notes.count == 1)
    #expect(collection.omissions.count == 1)
  }

  @Test("Case twins are not both kept, since no restore could bring both back everywhere")
  func twins() throws {
    let machine = try SandboxMachine()
    for name in ["B", "a", "b"] { try machine.write("/root/.docker/trust/tuf/" + name + "/x", [1]) }
    let collection = try Self.collect(machine)
    #expect(collection.archive.manifest.files.map(\.path.description) == ["tuf/B/x", "tuf/a/x"])
    #expect(collection.omissions.map(\.file) == ["/root/.docker/trust/tuf/b/x"])
  }

  @Test(
    "A private key is in the backup, or there is none: twins, links and names that cannot be kept are all named",
    arguments: ["/root/.docker/trust", "/root/.notary"])
  func incomplete(folder: String) throws {
    let machine = try SandboxMachine()
    let keys = folder + "/private/"
    for name in ["B.key", "b.key", "new\nline.key", "old/key/c.key"] { try machine.write(keys + name, [1]) }
    try machine.link(keys + "linked.key", to: "/elsewhere")
    // None of these is a key, or a key that anybody has been told of.
    try machine.write(keys + ".keyreeve-1-x.key", [1])
    try machine.makeFIFO(keys + "pipe.key")
    try machine.link(folder + "/linked.key", to: "/elsewhere")
    do throws(BackupError) {
      _ = try Self.collect(machine)
      Issue.record("a backup was made")
    } catch {
      guard case .incomplete(let left) = error else { throw error }
      #expect(Set(left.map(\.file)) == Set(["b.key", "new<U+000A>line.key", "linked.key"].map { keys + $0 }))
      #expect("\(error)".contains("b.key") && "\(error)".contains("3 private keys") && error.reason == .failed)
    }
    for name in ["b.key", "new\nline.key", "linked.key"] { try machine.remove(keys + name) }
    #expect(try Self.collect(machine).archive.contents.count == 2)
  }

  @Test("Limits: what is at them is kept, one more is an error and no smaller backup")
  func limits() throws {
    let machine = try SandboxMachine()
    for (name, size) in [("a", 3), ("b", 5)] {
      try machine.write("/root/.docker/trust/" + name, [UInt8](repeating: 0, count: size))
    }
    let cases: [(WritableKeyPath<BackupLimits, Int>, Int)] = [(\.files, 2), (\.fileOctets, 5), (\.totalOctets, 8)]
    for (limit, value) in cases {
      var limits = BackupLimits()
      limits[keyPath: limit] = value
      #expect(try Self.collect(machine, limits: limits).archive.contents.count == 2)
      limits[keyPath: limit] = value - 1
      #expect(throws: BackupError.self) { try Self.collect(machine, limits: limits) }
    }
  }

  @Test("What cannot be read is an error, not a hole", .enabled(if: geteuid() == 0))
  func permission() throws {
    let machine = try Self.machine()
    let path = machine.path
    try OwnThread.run(user: 65534) {
      #expect(throws: BackupError.store(.permission("/etc/keyreeve/10.conf"))) {
        try BackupCollection(
          MachineStores(sysroot: Sysroot(path)) { ["DOCKER_CONFIG": "/nowhere"][$0] }, program: "p", host: "h",
          at: Moment.now)
      }
      return ()
    }
  }

  @Test("A DOCKER_CONFIG that says nothing is an error, not another directory")
  func dockerConfig() throws {
    let machine = try SandboxMachine()
    let stores = MachineStores(sysroot: Sysroot(machine.path)) { ["DOCKER_CONFIG": "here"][$0] }
    #expect(throws: BackupError.noContentTrustDirectory) {
      try BackupCollection(stores, program: "p", host: "h", at: Moment.now)
    }
  }

  static let problems: [(String, String, String?)] = [
    ("private/x.key", key, nil), ("private/x.key", key.replacing("\n", with: "\r\n"), nil),
    ("private/x.key", key.replacing("role: root\n\n", with: ""), nil),
    ("private/x.key", "hello\n", "is no private key"), ("private/x.key", "", "is no private key"),
    ("private/x.key", key.replacing("PRIVATE KEY", with: "CERTIFICATE"), "is no private key"),
    ("private/x.key", key.replacing("AAAA", with: "A A!"), "is no private key"),
    ("private/x.key", String(key.dropLast(20)), "is no private key"),
    ("tuf/h/app/metadata/root.json", metadata, nil), ("tuf/h/app/metadata/root.json", "{}", "no signed metadata"),
    ("tuf/h/app/metadata/root.json", metadata + "x", "no signed metadata"),
    ("tuf/h/app/metadata/root.json", #"{"signed":{"version":-1}}"#, "no signed metadata"),
    ("tuf/h/app/metadata/root.json", #"{"signed":{"version":"3"}}"#, "no signed metadata"),
    ("tuf/h/app/metadata/root.json", #"{"signed":{"version":3,"custom":1.5}}"#, nil),
    ("tuf/h/app/changelist/1.change", "{}", nil), ("tuf/h/app/changelist/1.change", "", "is no JSON"),
    ("anything", "", nil),
  ]

  @Test("A file that is not what its name says is kept, and named", arguments: problems)
  func problem(path: String, text: String, words: String?) throws {
    let machine = try SandboxMachine()
    try machine.write("/root/.docker/trust/" + path, Array(text.utf8))
    let found = BackupProblem.all(in: try Self.collect(machine).archive)
    #expect(found.count == (words == nil ? 0 : 1))
    #expect(found.allSatisfy { $0.problem.contains(words ?? "") && $0.path.description == path })
  }

  @Test("A key file that is no key, or another key, is named")
  func keyProblems() throws {
    let machine = try SandboxMachine()
    let key = try MadeCertificate.simple(.ed25519(), userID: "K <k@example.com>")
    try machine.place(key.octets, named: BackupReadingTests.mask, .administrator)
    try machine.place([1, 2, 3], named: String(repeating: "a", count: 40), .administrator)
    try machine.mask(key.primary.fingerprint)
    let problems = BackupProblem.all(in: try Self.collect(machine).archive).map(\.problem)
    #expect(problems.count == 2)
    #expect(problems.contains { $0.contains("holds the key \(key.primary.fingerprint)") })
    #expect(problems.contains { $0.contains("is no key") })
  }

  @Test("The comparison finds what is the same, other, missing and more, wherever content trust lies here")
  func comparison() throws {
    let machine = try Self.machine()
    let archive = try Self.collect(machine).archive
    let top = "/data/docker/trust"
    let key = try #require(archive.manifest.files.first { $0.path.description.hasPrefix("private/") }).path
    try machine.write(top + "/\(key)", [1])
    try machine.write(top + "/more", [1])
    try machine.makeFIFO("/etc/keyreeve/20.conf")
    let here = MachineStores(sysroot: Sysroot(machine.path)) { ["DOCKER_CONFIG": "/data/docker"][$0] }
    let rows = try BackupComparison(archive, with: here).rows
    let found = Dictionary(uniqueKeysWithValues: rows.map { ($0.place.file, $0.difference) })
    #expect(found[top + "/\(key)"] == .different)
    #expect(found[top + "/tuf/h/app/metadata/root.json"] == .onlyInBackup)
    #expect(found[top + "/more"] == .onlyHere)
    #expect(found["/etc/keyreeve/10.conf"] == .same)
    #expect(rows.count == 5)
    try machine.remove("/etc/keyreeve/10.conf")
    try machine.link("/etc/keyreeve/10.conf", to: "/etc/passwd")
    let again = try BackupComparison(archive, with: here, stores: [.configuration]).rows
    #expect(again.map(\.difference) == [.obstructed])
    #expect(again.first?.obstacle == .symbolicLink("/etc/keyreeve/10.conf"))
  }
}
