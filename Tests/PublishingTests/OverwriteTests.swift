import Glibc
import OpenPGP
import Publishing
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// What must never be replaced, and questions that nobody can be asked.
@Suite("What publishing does not overwrite")
struct OverwriteTests {
  private static func key(_ home: borrowing GPGHome, _ protection: KeyProtection = .none) throws -> (GnuPG, Fingerprint)
  {
    let gnupg = try KeyTests.gnupg(home)
    let order = try KeyOrder(.ed25519, name: "Ann", email: nil, comment: nil, expires: "never").parameters
    return (gnupg, try gnupg.makeKey(order, protection))
  }

  @Test("A signature never takes the place of what it is over, or of what is no regular file")
  func signatures() throws {
    let home = try GPGHome()
    let (gnupg, made) = try Self.key(home)
    let folder = try TemporaryDirectory()
    let file = try folder.write("x.aci", [1, 2, 3])
    let signer = try DetachedSigner(gnupg, try gnupg.signingKey(made), passphrase: nil, at: SystemClock.now)
    let links = "ln -s x.aci linked; ln x.aci second; mkfifo fifo"
    #expect(try ChildProcess.run(["sh", "-c", "cd \"$1\" && " + links, "sh", folder.path]).status == 0)
    for name in ["x.aci", "second", "linked", "fifo"] {
      let refused = problem { _ = try signer.sign(file, to: folder.path + "/" + name, replacing: true) }
      #expect(refused != nil, "\(name)")
    }
    #expect(try folder.list() == ["fifo", "linked", "second", "x.aci"])
    #expect(try ChildProcess.run(["cat", file]).output == [1, 2, 3])
    #expect(try signer.sign(file, to: file + ".asc", replacing: false).status == .good)
    #expect(try signer.sign(file, to: file + ".asc", replacing: true).status == .good)
  }

  @Test("Without a terminal and a descriptor the passphrase is no failure but a question that nobody answered")
  func nobody() throws {
    let home = try GPGHome()
    let (gnupg, made) = try Self.key(home, .passphrase(SecretOctets(Array("open sesame".utf8))))
    _ = try ChildProcess.run(["gpgconf", "--homedir", home.path, "--kill", "gpg-agent"])
    let folder = try TemporaryDirectory()
    let file = try folder.write("x", [1])
    guard let program = BuiltProgram.path("keyreeve") else {
      throw ChildProcess.Failure.system("keyreeve", ENOENT)
    }
    let common = ["--gnupg-home", home.path]
    let signed = try ChildProcess.run([program, "sign", file, "--key", made.description] + common)
    #expect(signed.status == 3 && signed.errorText.contains("--passphrase-fd"), "\(signed.status) \(signed.errorText)")
    let other = try ChildProcess.run([program, "keygen", "--name", "Bob"] + common)
    #expect(other.status == 3 && other.errorText.contains("--no-passphrase"), "\(other.status) \(other.errorText)")
    // No key is made for a file that is there already.
    let taken = try ChildProcess.run(
      [program, "keygen", "--name", "Bob", "--no-passphrase", "--output", file] + common)
    #expect(taken.status == 3 && taken.text.isEmpty, "\(taken.status) \(taken.errorText)")
    #expect(try gnupg.signingKey(nil).fingerprint == made)
  }

  @Test("A folder that is called latest is found before anything is written")
  func latest() throws {
    let desk = try PublicationTests.Desk()
    let first = try desk.image("a.aci", labels: PublicationTests.Desk.labels("latest"))
    _ = try desk.publish([first])
    let before = try desk.tree
    let second = try desk.image("b.aci", labels: PublicationTests.Desk.labels("2"))
    #expect(problem { _ = try desk.publish([second]) { $0.isLatest = true } }?.reason == .usage)
    #expect(try desk.tree == before)
    _ = try desk.publish([second])
  }
}
