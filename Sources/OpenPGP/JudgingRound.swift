internal import CGPGME
internal import TrustModel

/// Judges certificates with different fingerprints in as few runs of gpg as it takes.
struct JudgingRound {
  typealias Outcome = Result<Judgement, EngineError>

  let engine: Engine
  let temporaryDirectory: String?
  let now: Timestamp

  /// Runs that may be spent on finding the certificates that gpg cannot read: with more of them than that finds, or a
  /// gpg that reads nothing, the rest stays untold.
  static let searchLimit = 200

  /// The outcomes in the order of the certificates.
  func judge(_ certificates: [Certificate]) -> [Outcome] {
    var runs = Self.searchLimit
    return judge(certificates, &runs)
  }

  private func judge(_ certificates: [Certificate], _ runs: inout Int) -> [Outcome] {
    do throws(EngineError) {
      return try list(certificates).map { .success($0) }
    } catch {
      // One file that gpg cannot read ends its list: halving finds which, and lets the others be judged.
      guard certificates.count > 1, Self.mayBeOneFile(error), runs >= 2 else {
        return certificates.map { _ in .failure(error) }
      }
      runs -= 2
      let middle = certificates.count / 2
      return judge(Array(certificates[..<middle]), &runs) + judge(Array(certificates[middle...]), &runs)
    }
  }

  private static func mayBeOneFile(_ error: EngineError) -> Bool {
    switch error {
    case .countsDiffer, .strangeKey: true
    case .missing, .noHome, .failed, .conflicting, .unusableTime: false
    }
  }

  /// Two processes run side by side where there are many; they are read in turns, which keeps both busy.
  private func list(_ certificates: [Certificate]) throws(EngineError) -> [Judgement] {
    let isLarge = certificates.count > CertificateJudge.certificatesPerProcess
    let middle = isLarge ? certificates.count / 2 : certificates.count
    let first = try start(certificates[..<middle])
    let second: KeyListing? = isLarge ? try start(certificates[middle...]) : nil
    var entries: [String: KeyListing.Entry] = [:]
    var seen = 0
    var (firstRuns, secondRuns) = (true, isLarge)
    func note(_ entry: KeyListing.Entry?) -> Bool {
      guard let entry else { return false }
      seen += 1
      if let primary = entry.keys.first { entries[primary.fingerprint] = entry }
      return true
    }
    while firstRuns || secondRuns {
      if firstRuns { firstRuns = note(try first.next()) }
      if secondRuns { secondRuns = note(try second?.next()) }
    }
    guard seen == certificates.count else { throw .countsDiffer(engine: seen, reader: certificates.count) }
    var judgements: [Judgement] = []
    for certificate in certificates {
      guard let entry = entries[certificate.fingerprint.description] else {
        throw .countsDiffer(engine: entries.count, reader: certificates.count)
      }
      judgements.append(try Self.judgement(certificate, entry, at: now))
    }
    return judgements
  }

  private func start(_ certificates: ArraySlice<Certificate>) throws(EngineError) -> KeyListing {
    let home = try PrivateHome.make(
      .listing, keyring: certificates.flatMap(\.octets), at: now, in: temporaryDirectory)
    return try KeyListing.start(engine, home: home)
  }

  static func judgement(
    _ certificate: Certificate, _ entry: KeyListing.Entry, at now: Timestamp
  ) throws(EngineError) -> Judgement {
    var judged: [String: keyreeve_gpgme_subkey] = [:]
    for (fingerprint, key) in entry.keys {
      guard judged.updateValue(key, forKey: fingerprint) == nil else { throw .strangeKey(fingerprint) }
    }
    func signingKey(_ key: PublicKey) -> Judgement.SigningKey {
      // What gpg leaves out of its list it does not accept.
      let said = judged.removeValue(forKey: key.fingerprint.description)
      let expires = said.flatMap { $0.expires > 0 ? Timestamp(seconds: $0.expires) : nil }
      return Judgement.SigningKey(
        fingerprint: key.fingerprint, algorithm: key.algorithm, created: key.created, expires: expires,
        isExpired: said?.expired == true || expires.map { $0 <= now } == true,
        isRevoked: said?.revoked == true, isInvalid: said.map { $0.invalid || $0.disabled } ?? true,
        canSign: said?.can_sign == true)
    }
    let primary = signingKey(certificate.primary)
    let subkeys = certificate.subkeys.map { signingKey($0.key) }
    if let (stranger, _) = judged.first { throw .strangeKey(stranger) }
    let userIDs = SelfSignature.validity(ofUserIDsIn: certificate, accepted: entry.userIDs)
    let hasUserID = userIDs.contains(true)
    return Judgement(
      validity: validity(certificate, primary, entry.key, hasUserID: hasUserID, at: now), primary: primary,
      subkeys: subkeys,
      isUserIDValid: userIDs)
  }

  private static func validity(
    _ certificate: Certificate, _ primary: Judgement.SigningKey, _ key: keyreeve_gpgme_key, hasUserID: Bool,
    at now: Timestamp
  ) -> Judgement.Validity {
    if key.revoked || primary.isRevoked { return .revoked(certificate.revocationReason) }
    if certificate.created > now.advanced(by: CertificateJudge.clockGrace) { return .notYetValid }
    if key.expired || primary.isExpired { return .expired(primary.expires) }
    if key.disabled { return .invalid("disabled") }
    if key.invalid || primary.isInvalid {
      // gpg takes no self-signature from the future, also not within the grace.
      return certificate.created > now ? .notYetValid : .invalid("no valid self-signature")
    }
    return hasUserID ? .valid : .invalid("no user id with a valid self-signature")
  }
}
