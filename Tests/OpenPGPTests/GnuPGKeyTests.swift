import OpenPGP
import TestSupport
import Testing
import TrustModel

/// Keys and signatures as the real gpg makes them.
@Suite("Keys and signatures made by gpg", .serialized)
struct GnuPGKeyTests {
  @Test(
    "Fingerprint, algorithm, date and user id are those that gpg gives",
    arguments: [
      ("rsa2048", "rsa2048"), ("rsa3072", "rsa3072"), ("dsa2048", "dsa2048"), ("ed25519", "ed25519"),
      ("nistp256", "nistp256"), ("nistp384", "nistp384"), ("nistp521", "nistp521"), ("brainpoolP256r1", "ecdsa"),
    ])
  func readsKeys(algorithm: String, shown: String) throws {
    let home = try GPGHome()
    let fingerprint = try home.makeKey(algorithm, at: Moment.keyMade)
    let certificate = try Certificate.read(home.export(fingerprint, armored: true))
    #expect(certificate.fingerprint == fingerprint)
    #expect(certificate.algorithm.description == shown)
    #expect(certificate.created == Moment.keyMade)
    #expect(certificate.userIDs.map(\.visible.description) == ["GnuPG Signer <gnupg@example.com>"])
    let binary = try home.export(fingerprint)
    #expect(try Certificate.read(binary) == certificate)
    #expect(certificate.octets == binary)
  }

  @Test("Subkeys of every algorithm have gpg's fingerprints")
  func readsSubkeys() throws {
    let home = try GPGHome()
    let primary = try home.makeKey("ed25519", usage: "sign,cert", at: Moment.keyMade)
    for algorithm in ["nistp256/ecdsa", "rsa2048", "ed25519"] {
      try home.addSubkey(to: primary, algorithm, at: Moment.keyMade)
    }
    try home.addSubkey(to: primary, "cv25519", usage: "encr", at: Moment.keyMade)
    try home.addSubkey(to: primary, "nistp384", usage: "encr", at: Moment.keyMade)
    let octets = try home.export(primary)
    let certificate = try Certificate.read(octets)
    #expect([certificate.fingerprint] + certificate.subkeys.map(\.fingerprint) == (try home.fingerprints(in: octets)))
    #expect(certificate.subkeys.map(\.algorithm.description) == ["nistp256", "rsa2048", "ed25519", "ecdh", "ecdh"])
    let judgement = try #require(try Verification.judge.judge([certificate], at: Moment.now)[primary])
    #expect(judgement.subkeys.map(\.canSign) == [true, true, true, false, false])
  }

  @Test("gpg gives the keys that tests make the same fingerprints")
  func agreesOnMadeKeys() throws {
    let home = try GPGHome()
    for key in [try MadeKey.ed25519(), try .p256(), try .p384(), try .p521(), try .rsa(2048), try .rsa(1024)] {
      #expect(try home.fingerprints(in: MadeCertificate.simple(key).octets) == [key.fingerprint])
    }
  }

  @Test(
    "Signatures by gpg end in their status",
    arguments: [
      ("rsa2048", "SHA512", .good), ("rsa2048", "SHA256", .good), ("rsa3072", "SHA384", .good),
      ("ed25519", "SHA512", .good), ("nistp256", "SHA256", .good), ("nistp384", "SHA384", .good),
      ("nistp521", "SHA512", .good), ("rsa2048", "SHA224", .weakHash), ("rsa2048", "RIPEMD160", .weakHash),
      ("rsa2048", "SHA1", .weakHash), ("dsa2048", "SHA256", .keyWeak), ("brainpoolP256r1", "SHA256", .keyWeak),
    ] as [(String, String, SignatureReport.Status)])
  func signatures(algorithm: String, digest: String, status: SignatureReport.Status) throws {
    let home = try GPGHome()
    let key = try home.makeKey(algorithm, at: Moment.keyMade)
    let certificate = try home.export(key)
    for isArmored in [true, false] {
      let signature = try home.sign(
        SignedFile.data, by: "\(key)", digest: digest, armored: isArmored, at: Moment.signed)
      let file = SignedFile(keyFiles: [certificate], signatureFile: signature)
      #expect(try Verification.outcome(of: file) == .reports([status]))
      var other = file
      other.data[0] ^= 1
      #expect(try Verification.outcome(of: other) != .reports([.good]))
    }
  }

  @Test("Forms of signature that gpg makes beside detached ones over bytes are refused")
  func otherForms() throws {
    let home = try GPGHome()
    let key = try home.makeKey(at: Moment.keyMade)
    let keyFiles = [try home.export(key)]
    let text = try home.sign(SignedFile.data, by: "\(key)", options: ["--textmode"], at: Moment.signed)
    let textFile = SignedFile(keyFiles: keyFiles, signatureFile: text)
    #expect(try Verification.outcome(of: textFile) == .reports([.unsupported]))
    for form in [
      ["--clear-sign"], ["--sign", "--armor"], ["--sign"], ["--sign", "--compress-algo", "none"], ["--store"],
    ] {
      let message = try home.gpg(form, input: SignedFile.data, at: Moment.signed)
      let file = SignedFile(keyFiles: keyFiles, signatureFile: message)
      #expect(try Verification.outcome(of: file) == .refusedFile, "\(form)")
    }
  }

  @Test("A key that gpg revoked, let expire, or shortened is not good for its old signatures")
  func lifetimes() throws {
    let home = try GPGHome()
    let revoked = try home.makeKey("ed25519", userID: "R <r@example.com>", at: Moment.keyMade)
    let expired = try home.makeKey("ed25519", userID: "E <e@example.com>", expires: "5y", at: Moment.keyMade)
    let signatures = try [revoked, expired].map { try home.sign(SignedFile.data, by: "\($0)", at: Moment.signed) }
    try home.revoke(revoked)
    let keyFiles = [try home.export(revoked), try home.export(expired)]
    let expected: [SignatureReport.Status] = [.keyRevoked, .keyExpired]
    for (signature, status) in zip(signatures, expected) {
      let file = SignedFile(keyFiles: keyFiles, signatureFile: signature)
      #expect(try Verification.outcome(of: file) == .reports([status]))
    }
  }

  @Test("P-33 a secret key exported by gpg is refused, armored or not", arguments: [false, true])
  func secretKeys(isArmored: Bool) throws {
    let home = try GPGHome()
    let key = try home.makeKey()
    let secret = try home.exportSecret(key, armored: isArmored)
    #expect(throws: CertificateError.secretKey) { try Certificate.readAll(secret) }
  }
}
