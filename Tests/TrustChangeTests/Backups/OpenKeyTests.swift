import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// That no private key goes into a backup without a passphrase, whoever makes it.
@Suite("Open keys and backups")
struct OpenKeyTests {
  @Test(
    "A backup with an open private key is not written; with the same key encrypted it is", arguments: [true, false])
  func open(isOpen: Bool) throws {
    let machine = try SandboxMachine()
    try machine.fill(try freshKey())
    let seal = isOpen ? "-nocrypt" : "-passout pass:word"
    let key = try ChildProcess.run([
      "bash", "-c", "openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 \(seal)",
    ])
    #expect(key.status == 0, "\(key.errorText)")
    try machine.write(Kept.keyPath, key.output, mode: 0o600)
    let folder = try TemporaryDirectory()
    let archive = try Desk(machine).backup()
    guard isOpen else { return try BackupFile.write(archive, to: folder.path + "/b") }
    let error = try #require(throws: ChangeError.self) { try BackupFile.write(archive, to: folder.path + "/b") }
    #expect(error.reason == .unfit && error.description.contains("without a passphrase"))
    #expect(try folder.list() == [])
  }
}
