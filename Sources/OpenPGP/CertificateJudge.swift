public import TrustModel

/// Has certificates judged by gpg, through GPGME, in a throw-away home that holds exactly them.
///
/// Self-signatures, bindings, usage, expiry and revocation are the engine's; the packet reader only compares what the
/// engine saw with what it read. Nobody's key ring is touched, no agent is started, nothing goes over a network.
/// Source: reference/security.md, section 5.
public struct CertificateJudge: Sendable {
  /// Certificates up to this number are judged by one process, more by two at a time.
  public static let certificatesPerProcess = 500
  /// How far in the future a key or signature may be dated before it is not yet valid, in seconds: clocks differ.
  public static let clockGrace: Int64 = 300

  private let gpgPath: String?
  private let temporaryDirectory: String?
  private let patience: UInt32

  /// A judge that uses one gpg and makes its homes in one directory.
  ///
  /// The gpg is the one at `gpgPath` (absolute; by default the system's), the homes are made in
  /// `temporaryDirectory` (by default `$XDG_RUNTIME_DIR`, `/run/user/UID`, `$TMPDIR` or `/tmp`, the first that works).
  /// A gpg that gives no answer for `patience` seconds is ended.
  public init(gpgPath: String? = nil, temporaryDirectory: String? = nil, patience: UInt32 = 30) {
    (self.gpgPath, self.temporaryDirectory, self.patience) = (gpgPath, temporaryDirectory, patience)
  }

  /// Has gpg asked for its version on another thread, which the first judgement of a process needs and which takes 2
  /// ms: called as the first thing in a program it costs hardly anything.
  ///
  /// A failure shows in the judgement.
  public func prepareInBackground() {
    try? Engine(path: gpgPath).prepareInBackground()
  }

  /// Judges certificates as of `now`.
  ///
  /// - Throws: `EngineError` where one of them cannot be judged, also where two differ that have the same fingerprint.
  public func judge(
    _ certificates: [Certificate], at now: Timestamp
  ) throws(EngineError) -> [Fingerprint: Judgement] {
    var different: [Fingerprint: Certificate] = [:]
    for certificate in certificates {
      let known = different.updateValue(certificate, forKey: certificate.fingerprint)
      guard known == nil || known?.octets == certificate.octets else { throw .conflicting(certificate.fingerprint) }
    }
    var judgements: [Fingerprint: Judgement] = [:]
    for (certificate, result) in zip(certificates, judgeEach(certificates, at: now)) {
      judgements[certificate.fingerprint] = try result.get()
    }
    return judgements
  }

  /// Judges certificates as of `now`, each for itself: one that cannot be judged does not keep the others from it.
  ///
  /// The results are in the order given; the same fingerprint may come again, with the same contents or others.
  public func judgeEach(_ certificates: [Certificate], at now: Timestamp) -> [Result<Judgement, EngineError>] {
    guard !certificates.isEmpty else { return [] }
    var results = [Result<Judgement, EngineError>](repeating: .failure(.missing), count: certificates.count)
    do throws(EngineError) {
      let engine = try Engine(path: gpgPath, patience: patience)
      let round = JudgingRound(engine: engine, temporaryDirectory: temporaryDirectory, now: now)
      for indices in Self.withoutRepetition(certificates) {
        let judged = round.judge(indices.map { certificates[$0] })
        for (index, result) in zip(indices, judged) { results[index] = result }
      }
    } catch {
      return results.map { _ in .failure(error) }
    }
    return results
  }

  /// Indices in runs in which no fingerprint comes twice: in one home the second would be told from the first by nothing.
  private static func withoutRepetition(_ certificates: [Certificate]) -> [[Int]] {
    var seen: [Fingerprint: Int] = [:]
    var runs: [[Int]] = []
    for (index, certificate) in certificates.enumerated() {
      let run = seen[certificate.fingerprint, default: 0]
      seen[certificate.fingerprint] = run + 1
      if run == runs.count { runs.append([]) }
      runs[run].append(index)
    }
    return runs
  }
}
