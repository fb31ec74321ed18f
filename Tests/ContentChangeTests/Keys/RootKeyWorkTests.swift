import ContentSigning
import Glibc
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

@testable import ContentChange

/// The checks before a root key, and the key, its copy and its removal as files.
@Suite("Making a root key step by step")
struct RootKeyWorkTests {
  private let passphrase = SecretOctets(Array("correct horse 4711".utf8))

  private func work(_ folder: borrowing TemporaryDirectory) -> RootKeyWork {
    RootKeyWork(SigningKeyFolder(TrustFolder(sysroot: .machine, path: folder.path + "/trust"), user: geteuid()))
  }

  @Test("A clock counts from 2026 until 2100, and not before the day the program was written")
  func clock() {
    func outcome(_ seconds: Int64, _ program: Int64? = nil) -> RootKeyChecks.Check.Outcome {
      RootKeyChecks.clock(Timestamp(seconds: seconds), program: program.map { Timestamp(seconds: $0) }).outcome
    }
    #expect(outcome(1_767_225_600) == .good && outcome(1_767_225_599) == .bad)
    #expect(outcome(4_102_444_799) == .good && outcome(4_102_444_800) == .bad)
    #expect(outcome(1_800_000_000, 1_800_000_000 + 86_400) == .good)
    #expect(outcome(1_800_000_000, 1_800_000_000 + 86_401) == .bad)
  }

  @Test(
    "A folder that others can write into is bad, one that they can look into doubtful, a missing one good; nothing is made"
  )
  func folder() throws {
    let folder = try TemporaryDirectory()
    let now = Timestamp(seconds: 1_800_000_000)
    let keys = work(folder).folder
    func outcome() -> RootKeyChecks.Check.Outcome? {
      RootKeyChecks(keys, at: now).rows.first { $0.name == "folder" }?.outcome
    }
    #expect(outcome() == .good && access(folder.path + "/trust", F_OK) != 0)
    #expect(mkdir(folder.path + "/trust", 0o700) == 0 && mkdir(folder.path + "/trust/private", 0o700) == 0)
    let modes: [(mode: mode_t, wanted: RootKeyChecks.Check.Outcome)] = [
      (0o700, .good), (0o755, .doubtful), (0o777, .bad),
    ]
    for (mode, wanted) in modes {
      #expect(chmod(folder.path + "/trust/private", mode) == 0)
      #expect(outcome() == wanted, "\(String(mode, radix: 8))")
    }
  }

  @Test("Made, found by the checks, copied and removed; the copy proves itself before each")
  func whole() throws {
    let folder = try TemporaryDirectory()
    let work = work(folder)
    let now = Timestamp(seconds: 1_800_000_000)
    #expect(!RootKeyChecks(work.folder, at: now).hasRootKey)
    let made = try work.make(.p384, passphrase)
    #expect(RootKeyChecks(work.folder, at: now).existing == [made.id])
    let path = folder.path + "/copy.key"
    let copy = try work.copy(made, to: path, passphrase)
    #expect(copy.isBeside && copy.id == made.id)
    #expect(throws: RootKeyError.self) { try work.copy(made, to: path, passphrase) }
    #expect(throws: RootKeyError.self) {
      try work.remove(made, keeping: copy, SecretOctets(Array("something else".utf8)))
    }
    #expect(access(made.file, F_OK) == 0)
    try work.remove(made, keeping: copy, passphrase)
    #expect(access(made.file, F_OK) != 0 && access(path, F_OK) == 0)
  }

  @Test("A copy that another passphrase would be needed for is taken away again")
  func unproved() throws {
    let folder = try TemporaryDirectory()
    let work = work(folder)
    let made = try work.make(.p256, passphrase)
    let path = folder.path + "/copy.key"
    #expect(throws: RootKeyError.self) { try work.copy(made, to: path, SecretOctets(Array("something else".utf8))) }
    #expect(access(path, F_OK) != 0)
    let other = try work.make(.p256, passphrase)
    let copy = try work.copy(other, to: path, passphrase)
    #expect(throws: RootKeyError.self) { try work.remove(made, keeping: copy, passphrase) }
    #expect(access(made.file, F_OK) == 0)
  }

  @Test("The SHA-256 is that of the public half as openssl computes it")
  func fingerprint() throws {
    let folder = try TemporaryDirectory()
    let made = try work(folder).make(.p256, passphrase)
    let script = "openssl pkey -in \"$1\" -passin pass:\"$2\" -pubout -outform DER | sha256sum"
    let outcome = try ChildProcess.run(["sh", "-c", script, "sh", made.file, "correct horse 4711"])
    // Its headers stand where openssl expects none; without them the file is PKCS#8 like any other.
    let bare = try ChildProcess.run([
      "sh", "-c", "sed '/^role:/d;/^$/d' \"$1\" | openssl pkey -passin pass:\"$2\" -pubout -outform DER | sha256sum",
      "sh",
      made.file, "correct horse 4711",
    ])
    #expect(outcome.text.hasPrefix(made.fingerprint) || bare.text.hasPrefix(made.fingerprint), "\(bare.errorText)")
  }
}
