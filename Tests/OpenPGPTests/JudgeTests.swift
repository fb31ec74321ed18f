import OpenPGP
import TestSupport
import Testing
import TrustModel

@Suite("Judging certificates")
struct JudgeTests {
  @Test("One call judges several certificates, each as it is")
  func several() throws {
    let shapes: [(Judgement.Validity, MadeCertificate)] = [
      (.valid, try certificate {}),
      (
        .revoked("superseded: new one"), try certificate { try $0.addOverKey(.revocation(0x20, .reason(1, "new one"))) }
      ),
      (.revoked(nil), try certificate { try $0.addOverKey(.revocation(0x20, nil)) }),
      (.expired(Moment.lateEnd), try expiring()),
      (.notYetValid, try .simple(.ed25519(created: Moment.future), certification: later)),
      (.invalid("no valid self-signature"), try certificate(userID: nil) {}),
    ]
    let certificates = try shapes.map { try Certificate.read($0.1.octets) }
    let judgements = try Verification.judge.judge(certificates, at: Moment.now)
    #expect(judgements.count == shapes.count)
    for (certificate, (validity, _)) in zip(certificates, shapes) {
      #expect(judgements[certificate.fingerprint]?.validity == validity)
    }
  }

  @Test("The moment decides: the same key is not yet valid, valid, expired")
  func moments() throws {
    let certificate = try Certificate.read(expiring().octets)
    let moments: [(Timestamp, Judgement.Validity)] = [
      (Moment.beforeKeys, .notYetValid), (Moment.keyMade, .valid), (Moment.signed, .valid),
      (Moment.lateEnd.advanced(by: -1), .valid), (Moment.lateEnd, .expired(Moment.lateEnd)),
      (Moment.future, .expired(Moment.lateEnd)),
    ]
    for (now, validity) in moments {
      let judgement = try #require(try Verification.judge.judge([certificate], at: now)[certificate.fingerprint])
      #expect(judgement.validity == validity, "at \(now)")
    }
  }

  @Test("What each subkey may do, and whether it is in force, is said for each")
  func subkeys() throws {
    let keys = try (0..<6).map { _ in try MadeKey.ed25519() }
    let certificate = try Certificate.read(
      certificate {
        try $0.addSubkey(keys[0])
        try $0.addSubkey(keys[1], .binding(.encrypt), back: .absent)
        try $0.addSubkey(keys[2], nil)
        try $0.addSubkey(keys[3])
        try $0.addOverSubkey(keys[3], .revocation(0x28, .reason(2)))
        try $0.addSubkey(
          keys[4], .binding().with { $0.hashed.append(.keyExpires(keys[4], at: Moment.lateEnd)) })
        try $0.addSubkey(keys[5], by: keys[0])
      }.octets)
    let judgement = try #require(try Verification.judge.judge([certificate], at: Moment.now)[certificate.fingerprint])
    #expect(judgement.subkeys.map(\.fingerprint) == keys.map(\.fingerprint))
    func isFit(_ key: Judgement.SigningKey) -> Bool {
      key.canSign && !key.isExpired && !key.isRevoked && !key.isInvalid
    }
    #expect(judgement.subkeys.map(isFit) == [true, false, false, false, false, false])
    #expect(judgement.subkeys[3].isRevoked)
    #expect(judgement.subkeys[4].isExpired)
    #expect(judgement.subkeys[4].expires == Moment.lateEnd)
  }

  @Test("User ids count while their self-signature is valid and not revoked")
  func userIDs() throws {
    let certificate = try Certificate.read(
      certificate {
        try $0.addUserID("Unsigned <u@example.com>", nil)
        try $0.addUserID("Broken <b@example.com>", .selfCertification().with { $0.damage = .numbers })
        try $0.addUserID("Gone <g@example.com>")
        try $0.addOverUserID(octets: Array("Gone <g@example.com>".utf8), .revocation(0x30, .reason(32)))
        try $0.addUserID("Second <s@example.com>")
      }.octets)
    let judgement = try #require(try Verification.judge.judge([certificate], at: Moment.now)[certificate.fingerprint])
    #expect(judgement.validUserIDs == 2)
  }

  @Test("Nothing to judge is no error and no process")
  func nothing() throws {
    #expect(try CertificateJudge(gpgPath: "/nonexistent").judge([], at: Moment.now).isEmpty)
  }

  @Test("The same certificate twice is one; two different ones with one fingerprint cannot be judged as one")
  func repetition() throws {
    let primary = try MadeKey.ed25519()
    let plain = try Certificate.read(MadeCertificate.simple(primary).octets)
    let other = try Certificate.read(MadeCertificate.simple(primary, userID: "Other <o@example.com>").octets)
    #expect(try Verification.judge.judge([plain, plain], at: Moment.now).count == 1)
    #expect(throws: EngineError.conflicting(primary.fingerprint)) {
      try Verification.judge.judge([plain, other], at: Moment.now)
    }
    let each = Verification.judge.judgeEach([plain, other, plain], at: Moment.now)
    #expect(each.count == 3)
    for result in each { #expect(try result.get().validity == .valid) }
  }

  @Test("Hundreds of certificates in one call, more than one process takes")
  func many() throws {
    let limit = CertificateJudge.certificatesPerProcess
    let certificates = try (0...limit).map { _ in try Certificate.read(MadeCertificate.simple(.ed25519()).octets) }
    let judgements = try Verification.judge.judge(certificates, at: Moment.now)
    #expect(judgements.count == limit + 1)
    #expect(judgements.values.allSatisfy { $0.validity == .valid })
  }

  @Test("A moment that OpenPGP cannot express is refused", arguments: [-1, 0x1_0000_0000] as [Int64])
  func unusableTime(seconds: Int64) throws {
    let certificate = try Certificate.read(MadeCertificate.simple(.ed25519()).octets)
    let now = Timestamp(seconds: seconds)
    #expect(throws: EngineError.unusableTime(now)) { try Verification.judge.judge([certificate], at: now) }
  }

  private let later = MadeSignature.selfCertification().with { $0.created = Moment.future }

  private func certificate(
    userID: String? = "Judged <j@example.com>", _ build: (inout MadeCertificate) throws -> Void
  ) throws -> MadeCertificate {
    var made = MadeCertificate(try .ed25519())
    if let userID { try made.addUserID(userID) } else { try made.addUserID("Unsigned <u@example.com>", nil) }
    try build(&made)
    return made
  }

  private func certificate(
    userID: String? = "Judged <j@example.com>", _ build: () throws -> Void
  ) throws -> MadeCertificate {
    try certificate(userID: userID) { _ in try build() }
  }

  private func expiring() throws -> MadeCertificate {
    let key = try MadeKey.ed25519()
    let end = MadeSubpacket.keyExpires(key, at: Moment.lateEnd)
    return try .simple(key, certification: .selfCertification().with { $0.hashed.append(end) })
  }
}
