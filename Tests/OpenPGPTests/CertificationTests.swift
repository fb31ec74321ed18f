import OpenPGP
import TestSupport
import Testing
import TrustModel

/// Whether a new key carries a signature by an old one, with keys that gpg made and certified.
@Suite("Certifications of one key by another")
struct CertificationTests {
  /// An old key that may certify, a new key, and the home of both.
  private struct Pair: ~Copyable {
    let home: GPGHome
    let old: Fingerprint
    let new: Fingerprint

    static func make() throws -> Pair {
      let home = try GPGHome()
      let made = Moment.now.advanced(by: -1_000_000)
      let old = try home.makeKey(userID: "Old <old@example.com>", usage: "cert,sign", at: made)
      let new = try home.makeKey(userID: "New <new@example.com>", at: made.advanced(by: 1000))
      return Pair(home: home, old: old, new: new)
    }

    /// Certifies the new key by the old one.
    func certify(_ options: [String] = [], at moment: Timestamp = Moment.now.advanced(by: -500_000)) throws {
      try home.gpg(options + ["--default-key", "\(old)", "--quick-sign-key", "\(new)"], at: moment)
    }

    func outcome(at now: Timestamp = Moment.now) throws -> Certification {
      Certification.of(
        try Certificate.read(home.export(new)), by: try Certificate.read(home.export(old)), at: now)
    }
  }

  @Test("None, as long as nobody made one")
  func none() throws {
    #expect(try Pair.make().outcome() == .none)
  }

  @Test("A good one, with its date")
  func good() throws {
    let pair = try Pair.make()
    try pair.certify()
    #expect(try pair.outcome() == .good(Moment.now.advanced(by: -500_000)))
  }

  @Test("One by a third key is none by the old one")
  func byAnother() throws {
    let pair = try Pair.make()
    let third = try pair.home.makeKey(
      userID: "Third <third@example.com>", usage: "cert,sign", at: Moment.now.advanced(by: -900_000))
    try pair.home.gpg(
      ["--default-key", "\(third)", "--quick-sign-key", "\(pair.new)"], at: Moment.now.advanced(by: -500_000))
    #expect(try pair.outcome() == .none)
  }

  @Test("One made with SHA-1 does not hold")
  func weakHash() throws {
    let pair = try Pair.make()
    try pair.certify(["--cert-digest-algo", "SHA1", "--allow-weak-digest-algos", "--allow-weak-key-signatures"])
    guard case .bad(let problem) = try pair.outcome() else {
      Issue.record("\(try pair.outcome())")
      return
    }
    #expect(problem.contains("SHA-1") || problem.contains("sha1"), "\(problem)")
  }

  @Test("One that gpg gave an end does not hold after it")
  func expired() throws {
    let pair = try Pair.make()
    try pair.certify(["--default-cert-expire", "seconds=100000"])
    #expect(try pair.outcome(at: Moment.now.advanced(by: -400_001)) == .good(Moment.now.advanced(by: -500_000)))
    guard case .bad(let problem) = try pair.outcome(at: Moment.now.advanced(by: -400_000)) else {
      Issue.record("\(try pair.outcome(at: Moment.now.advanced(by: -400_000)))")
      return
    }
    #expect(problem.contains("validity ended"), "\(problem)")
  }

  @Test("One by an old key that gpg revoked without a reason does not hold")
  func revokedOldKey() throws {
    let pair = try Pair.make()
    try pair.certify()
    try pair.home.revoke(pair.old)
    guard case .bad(let problem) = try pair.outcome() else {
      Issue.record("\(try pair.outcome())")
      return
    }
    #expect(problem.contains("revoked"), "\(problem)")
  }

  @Test("One that was taken back does not hold")
  func takenBack() throws {
    let pair = try Pair.make()
    try pair.certify()
    try pair.home.gpg(
      ["--default-key", "\(pair.old)", "--quick-revoke-sig", "\(pair.new)", "\(pair.old)"],
      at: Moment.now.advanced(by: -400_000))
    guard case .bad(let problem) = try pair.outcome() else {
      Issue.record("\(try pair.outcome())")
      return
    }
    #expect(problem.contains("taken back"), "\(problem)")
  }

  @Test("One from the future does not hold yet")
  func future() throws {
    let pair = try Pair.make()
    try pair.certify()
    guard case .bad = try pair.outcome(at: Moment.now.advanced(by: -600_000)) else {
      Issue.record("\(try pair.outcome(at: Moment.now.advanced(by: -600_000)))")
      return
    }
  }

  @Test("One with a flipped bit does not hold, and breaks nothing")
  func flipped() throws {
    let pair = try Pair.make()
    try pair.certify()
    let octets = try pair.home.export(pair.new)
    let old = try Certificate.read(pair.home.export(pair.old))
    // The certification is the last signature of the key's one user id.
    var outcomes: [Certification] = []
    for index in octets.indices.suffix(28) {
      var changed = octets
      changed[index] ^= 1
      if let certificate = try? Certificate.read(changed) {
        outcomes.append(Certification.of(certificate, by: old, at: Moment.now))
      }
    }
    #expect(outcomes.contains { if case .bad = $0 { true } else { false } })
    #expect(!outcomes.contains { if case .good = $0 { true } else { false } })
  }
}
