public import OpenPGP
public import TrustModel
internal import TrustVerify

/// Keys read from one source, ready to be reviewed: each by itself, each with what speaks against it.
public struct TrustReview: Sendable {
  /// One key of the source.
  public struct Candidate: Sendable {
    /// The certificate.
    public let certificate: Certificate
    /// What GnuPG said of it.
    public let judgement: Judgement?
    /// Why it must not be trusted, or nil.
    public let refusal: String?
    /// What will be stored: exactly what is reviewed.
    public let stored: [UInt8]
    /// What one should know: forms that rkt cannot read, weak self-signatures, hidden characters.
    public fileprivate(set) var remarks: [String]

    /// Algorithm, age and expiry in words, as at the moment `now`.
    public func words(at now: Timestamp) -> String {
      let end = judgement?.expires.map { "\($0 <= now ? "expired" : "expires") \($0.date)" } ?? "never expires"
      return "\(certificate.algorithm), made \(certificate.created.date), \(end)"
    }
  }

  /// Where the octets came from, as given.
  public let source: String
  /// How the source was found, in words, one line a step: the discovery page that named it, the redirects to it.
  public let route: [String]
  /// Whether a page named the source, and not a person.
  public let isDiscovered: Bool
  /// `sha256-` and 64 digits of the source.
  public let digest: String
  /// Size of the source in octets.
  public let size: Int
  /// The keys, in the order of the source.
  public private(set) var candidates: [Candidate]

  /// Reads and judges the keys in `octets`.
  ///
  /// - Throws: `ChangeError.unfit` where the source holds secret keys or keys of a version that is not read,
  ///   `.ambiguous` where it holds no public keys at all.
  public init(
    _ octets: [UInt8], source: String, route: [String] = [], isDiscovered: Bool = false,
    judge: CertificateJudge = CertificateJudge(), at now: Timestamp
  ) throws(ChangeError) {
    let certificates: [Certificate]
    do {
      certificates = try Certificate.readAll(octets)
    } catch {
      let sentence = "\(VisibleText(source)) holds nothing that can be trusted: \(error)"
      switch error {
      case .secretKey, .unsupportedVersion: throw .unfit(sentence)
      default: throw .ambiguous(sentence)
      }
    }
    (self.source, self.route, self.isDiscovered) = (source, route, isDiscovered)
    digest = Journal.digest(of: octets)
    size = octets.count
    let isArmored = octets.starts(with: Array("-----BEGIN ".utf8))
    var candidates: [Candidate] = []
    for certificate in certificates {
      let judgement: Judgement?
      do {
        judgement = try judge.judge([certificate], at: now)[certificate.fingerprint]
      } catch {
        throw .undetermined("the keys in \(VisibleText(source)) could not be judged: \(error)")
      }
      let isWhole = certificates.count == 1 && isArmored
      candidates.append(
        Candidate(
          certificate: certificate, judgement: judgement,
          refusal: KeyReview.refusal(certificate, judgement, at: now),
          stored: isWhole ? octets : certificate.armored, remarks: KeyReview.remarks(certificate)))
    }
    self.candidates = candidates
  }

  /// The same review with one more remark on each key.
  public func remarking(_ remark: (Candidate) -> String) -> TrustReview {
    var review = self
    for index in review.candidates.indices { review.candidates[index].remarks.append(remark(candidates[index])) }
    return review
  }
}
