import OpenPGP
import TestSupport
import Testing
import TrustModel

@Suite("Every shape of key and signature ends in its status")
struct SignatureStatusTests {
  @Test("The status is the expected one", arguments: SignatureCase.all)
  func status(shape: SignatureCase) throws {
    let outcome = try Verification.outcome(of: shape.make())
    #expect(outcome == shape.expected)
  }

  @Test("Names of cases are unique")
  func names() {
    let names = SignatureCase.all.map(\.testDescription)
    #expect(Set(names).count == names.count)
  }

  @Test("A good report names the key that signed, its primary key, the hash and the user ids")
  func goodReport() throws {
    let (primary, subkey) = (try MadeKey.rsa(2048), try MadeKey.p256())
    var certificate = try MadeCertificate.simple(primary, userID: "Vendor <v@example.com>\u{1b}[2J")
    try certificate.addSubkey(subkey)
    let file = try SignedFile.signed(subkey, in: certificate)
    let report = try #require(try Verification.reports(on: file)?.first)
    #expect(report.status == .good)
    #expect(report.fingerprint == subkey.fingerprint)
    #expect(report.primaryFingerprint == primary.fingerprint)
    #expect(report.claimedKeyID == nil)
    #expect(report.algorithm?.description == "nistp256")
    #expect(report.hash == .sha512)
    #expect(report.created == Moment.signed)
    #expect(report.userIDs == ["Vendor <v@example.com><U+001B>[2J"])
    #expect(report.detail == nil)
  }

  @Test("P-05 where the issuer's fingerprint lies, the fingerprint reported is the verified one")
  func lyingFingerprint() throws {
    let (signer, other) = (try MadeKey.ed25519(), try MadeKey.ed25519())
    var file = try SignedFile.signed(by: signer) { $0.issuer = .lyingFingerprint(other.fingerprint) }
    file.keyFiles.append(try MadeCertificate.simple(other).octets)
    let report = try #require(try Verification.reports(on: file)?.first)
    #expect(report.status == .good)
    #expect(report.fingerprint == signer.fingerprint)
  }

  @Test("P-03 of an unknown key only the claimed key id is shown")
  func unknownKey() throws {
    let signer = try MadeKey.ed25519()
    var file = try SignedFile.signed(by: signer)
    file.keyFiles = []
    let report = try #require(try Verification.reports(on: file)?.first)
    #expect(report.status == .unknownKey)
    #expect(report.claimedKeyID == signer.keyID)
    #expect(report.fingerprint == nil)
    #expect(report.userIDs.isEmpty)
  }

  @Test("P-38 a key with the same key id is not taken for the signer: only numbers decide")
  func wrongCertificate() throws {
    let file = try SignedFile.signed()
    let other = try Certificate.read(MadeCertificate.simple(.ed25519()).octets)
    let judgements = try Verification.judge.judge([other], at: Moment.now)
    let signature = try #require(try DetachedSignature.readAll(file.signatureFile).first)
    var digest = DataDigest([.sha512])
    digest.update(file.data)
    let judgement = try #require(judgements[other.fingerprint])
    let report = SignatureCheck.report(signature, by: other, judgement: judgement, data: digest, at: Moment.now)
    #expect(report.status == .bad || report.status == .unknownKey)
  }

  @Test("Without a judgement, or with that of another key, a signature that matches is undetermined")
  func noJudgement() throws {
    let file = try SignedFile.signed()
    let certificates = Verification.certificates(of: file)
    let other = try Certificate.read(MadeCertificate.simple(.ed25519()).octets)
    let foreign = try Verification.judge.judge([other], at: Moment.now)[other.fingerprint]
    let signature = try #require(try DetachedSignature.readAll(file.signatureFile).first)
    var digest = DataDigest([.sha512])
    digest.update(file.data)
    for judgement in [nil, foreign] {
      let report = SignatureCheck.report(
        signature, by: certificates.first, judgement: judgement, data: digest, at: Moment.now)
      #expect(report.status == .undetermined)
    }
  }

  @Test("Without the digest of its hash a signature is undetermined")
  func noDigest() throws {
    let file = try SignedFile.signed()
    let certificate = try #require(Verification.certificates(of: file).first)
    let judgements = try Verification.judge.judge([certificate], at: Moment.now)
    let signature = try #require(try DetachedSignature.readAll(file.signatureFile).first)
    var digest = DataDigest([.sha256])
    digest.update(file.data)
    let report = SignatureCheck.report(
      signature, by: certificate, judgement: judgements[certificate.fingerprint], data: digest, at: Moment.now)
    #expect(report.status == .undetermined)
  }

  @Test("P-16 a signature may be dated five minutes ahead of the clock, and no second more")
  func clockGrace() throws {
    for (ahead, status) in [(300, .good), (301, .notYetValid)] as [(Int64, SignatureReport.Status)] {
      let file = try SignedFile.signed { $0.created = Moment.now.advanced(by: ahead) }
      #expect(try Verification.outcome(of: file) == .reports([status]), "\(ahead) seconds ahead")
    }
  }

  @Test("P-15 a signature counts up to the second before it expires")
  func signatureEnd() throws {
    for (after, status) in [(1, .good), (0, .signatureExpired)] as [(Int64, SignatureReport.Status)] {
      let lifetime = Moment.now.seconds - Moment.signed.seconds + after
      let file = try SignedFile.signed { $0.hashed = [.expires(after: lifetime)] }
      #expect(try Verification.outcome(of: file) == .reports([status]), "\(after) seconds before the end")
    }
  }

  @Test("P-14 a key counts up to the second before it expires")
  func keyEnd() throws {
    for (after, status) in [(1, .good), (0, .keyExpired), (-1, .keyExpired)] as [(Int64, SignatureReport.Status)] {
      let file = try SignedFile.certificate {
        let end = MadeSubpacket.keyExpires($0.primary, at: Moment.now.advanced(by: after))
        try $0.addUserID("Ends <e@example.com>", .selfCertification().with { $0.hashed.append(end) })
      }
      #expect(try Verification.outcome(of: file) == .reports([status]), "\(after) seconds before the end")
    }
  }
}
