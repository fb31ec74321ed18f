import OpenPGP
import Publishing
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// Keys made and used by the real gpg.
@Suite("Keys and signatures by GnuPG")
struct KeyTests {
  static let path = "/usr/local/bin:/usr/bin:/bin"

  static func gnupg(_ home: borrowing GPGHome, keyring: String? = nil) throws -> GnuPG {
    try GnuPG(in: path, home: home.path, keyring: keyring)
  }

  private static func order(_ algorithm: KeyOrder.Algorithm, expires: String = "never") throws -> KeyParameters {
    try KeyOrder(algorithm, name: "Ann Other", email: "ann@example.com", comment: "images", expires: expires).parameters
  }

  @Test(
    "Each algorithm makes a key that signs, and that gpgv and our own verifier take",
    arguments: KeyOrder.Algorithm.allCases)
  func algorithms(_ algorithm: KeyOrder.Algorithm) throws {
    let home = try GPGHome()
    let gnupg = try Self.gnupg(home)
    let made = try gnupg.makeKey(Self.order(algorithm, expires: "1y"), .none)
    let key = try gnupg.signingKey(nil)
    #expect(key.fingerprint == made && key.userIDs == ["Ann Other (images) <ann@example.com>"])
    let certificate = try #require(try gnupg.certificates([made]).first)
    #expect(certificate.algorithm.description == algorithm.rawValue)
    let folder = try TemporaryDirectory()
    let file = try folder.write("x.aci", Array("octets".utf8))
    let signer = try DetachedSigner(gnupg, key, passphrase: nil, at: SystemClock.now)
    let report = try signer.sign(file, to: file + ".asc", replacing: false)
    #expect(report.status == .good && report.hash == .sha512 && report.primaryFingerprint == made)
    try folder.write("keys", certificate.octets)
    let gpgv = try ChildProcess.run(["gpgv", "--keyring", folder.path + "/keys", file + ".asc", file])
    #expect(gpgv.status == 0, "\(gpgv.errorText)")
  }

  @Test("A passphrase protects the key: another one does not open it, and it stands in no argument")
  func passphrase() throws {
    let home = try GPGHome()
    let gnupg = try Self.gnupg(home)
    let made = try gnupg.makeKey(Self.order(.ed25519), .passphrase(SecretOctets(Array("open sesame".utf8))))
    try home.gpg(["--list-keys"])
    _ = try ChildProcess.run(["gpgconf", "--homedir", home.path, "--kill", "gpg-agent"])
    let folder = try TemporaryDirectory()
    let file = try folder.write("x", [1, 2, 3])
    let key = try gnupg.signingKey(made)
    func sign(_ word: String) throws -> SignatureReport {
      try DetachedSigner(gnupg, key, passphrase: SecretOctets(Array(word.utf8)), at: SystemClock.now)
        .sign(file, to: file + ".asc", replacing: false)
    }
    #expect(problem { _ = try sign("open") }?.description.contains("the passphrase is wrong") == true)
    #expect(try folder.list() == ["x"])
    #expect(try sign("open sesame").status == .good)
    #expect(problem { _ = try sign("open sesame") }?.reason == .declined)
  }

  @Test("The guide's batch file as it is: the key, its passphrase, and the file of public keys")
  func batch() throws {
    let home = try GPGHome()
    let folder = try TemporaryDirectory()
    let text = BatchFileTests.guide.replacing("%pubring rkt.pub", with: "%pubring \(folder.path)/rkt.pub")
    let order = try #require(try KeyBatchFile(SecretOctets(Array(text.utf8))).orders.first)
    let passphrase = try #require(order.passphrase)
    let plain = try Self.gnupg(home)
    let made = try plain.makeKey(order.parameters, .passphrase(passphrase))
    #expect(try folder.list().contains("rkt.pub"))
    let gnupg = plain.with(keyring: folder.path + "/rkt.pub")
    let key = try gnupg.signingKey(nil)
    #expect(key.fingerprint == made && key.userIDs == ["Carly Container (ACI signing key) <carly@example.com>"])
    let file = try folder.write("x", [1, 2, 3])
    let report = try DetachedSigner(gnupg, key, passphrase: passphrase, at: SystemClock.now)
      .sign(file, to: file + ".asc", replacing: false)
    #expect(report.status == .good && report.algorithm?.description == "rsa2048")
  }

  @Test("Several keys: one has to be chosen; none, an expired one, and one that gpg does not have")
  func choice() throws {
    let home = try GPGHome()
    let gnupg = try Self.gnupg(home)
    #expect(problem { _ = try gnupg.signingKey(nil) }?.reason == .notFound)
    let old = try home.makeKey(userID: "Old", expires: "2021-01-01", at: Moment.keyMade)
    #expect(problem { _ = try gnupg.signingKey(nil) }?.description.contains("it has expired") == true)
    #expect(problem { _ = try gnupg.signingKey(old) }?.reason == .unfit)
    let first = try home.makeKey(userID: "First")
    #expect(try gnupg.signingKey(nil).fingerprint == first)
    let second = try home.makeKey(userID: "Sec:ond")
    let found = problem { _ = try gnupg.signingKey(nil) }
    #expect(found?.reason == .declined && found?.description.contains("\(second)  Sec:ond") == true)
    #expect(try gnupg.signingKey(second).fingerprint == second)
    #expect(
      problem { _ = try gnupg.signingKey(Fingerprint(octets: [UInt8](repeating: 7, count: 20))) }?.reason == .notFound)
  }

  @Test("A weak key signs nothing, one that ends soon is warned of, and so is SHA-1")
  func fitness() throws {
    let home = try GPGHome()
    let gnupg = try Self.gnupg(home)
    let weak = try home.makeKey("rsa1024", userID: "Weak")
    let key = try gnupg.signingKey(weak)
    #expect(problem { _ = try DetachedSigner(gnupg, key, passphrase: nil, at: SystemClock.now) }?.reason == .unfit)
    let soon = try home.makeKey("ed25519", userID: "Soon", expires: "9d")
    let signer = try DetachedSigner(gnupg, try gnupg.signingKey(soon), passphrase: nil, at: SystemClock.now)
    #expect(signer.warnings.contains { $0.contains("expires") })
  }

  @Test("What is exported is public: nothing of a secret key passes")
  func export() throws {
    let home = try GPGHome()
    let gnupg = try Self.gnupg(home)
    let keys = [try home.makeKey(userID: "One"), try home.makeKey(userID: "Two")]
    let text = try gnupg.armoredPublicKeys(keys)
    #expect(try Certificate.readAll(text).map(\.fingerprint) == keys)
    #expect(!String(decoding: text, as: UTF8.self).contains("PRIVATE"))
    #expect(
      problem {
        _ = try gnupg.armoredPublicKeys([Fingerprint(octets: [UInt8](repeating: 7, count: 20))].compactMap { $0 })
      }?.reason == .notFound)
    // A gpg that gives secrets away is not believed.
    let folder = try TemporaryDirectory()
    try folder.write("secret", try home.exportSecret(keys[0]))
    try folder.write("gpg", Array("#!/bin/sh\ncat \(folder.path)/secret\n".utf8), mode: 0o755)
    let liar = try GnuPG(in: folder.path, home: home.path)
    #expect(problem { _ = try liar.armoredPublicKeys(keys) }?.description.contains("not taken") == true)
  }

  @Test("A signature that nobody would take is not written: gpg lies, or the file changes")
  func liar() throws {
    let home = try GPGHome()
    let made = try home.makeKey()
    let folder = try TemporaryDirectory()
    let file = try folder.write("x", [1, 2, 3])
    try folder.write("other", try home.sign([9], by: "\(made)"))
    let script = """
      #!/bin/sh
      case "$*" in
        *--detach-sign*) echo "[GNUPG:] SIG_CREATED D 22 10 00 1 \(made)" >&3; cat \(folder.path)/other ;;
        *) exec /usr/bin/gpg "$@" ;;
      esac
      """
    try folder.write("gpg", Array(script.utf8), mode: 0o755)
    let gnupg = try GnuPG(in: folder.path, home: home.path)
    let signer = try DetachedSigner(gnupg, try gnupg.signingKey(made), passphrase: nil, at: SystemClock.now)
    let found = problem { _ = try signer.sign(file, to: file + ".asc", replacing: false) }
    #expect(found?.reason == .unfit && found?.description.contains("does not match") == true)
    #expect(try !folder.list().contains("x.asc"))
    #expect(problem { _ = try GnuPG(in: "/nowhere") }?.description.contains("no gpg") == true)
  }
}
