internal import OpenPGP
internal import TrustModel
internal import TrustVerify

/// What speaks for and against trusting one key.
enum KeyReview {
  /// Why the key must not be trusted, or nil where nothing forbids it.
  static func refusal(_ certificate: Certificate, _ judgement: Judgement?, at now: Timestamp) -> String? {
    var record = KeyRecord(
      fingerprint: certificate.fingerprint, layer: .administrator, scope: .root, file: "", status: .trusted)
    record.describe(certificate, judgement, at: now)
    switch record.status {
    case .trusted: return nil
    case .expired: return "it expired\(record.expires.map { " on \($0.date)" } ?? "")"
    case .revoked: return "its owner revoked it\(record.problem.map { " (\($0))" } ?? "")"
    case .weak: return "it is too weak: \(record.problem ?? "\(certificate.algorithm)")"
    case .disabled, .overridden, .mask, .invalid: return record.problem ?? "it could not be judged"
    }
  }

  /// What one should know before trusting it.
  static func remarks(_ certificate: Certificate) -> [String] {
    var remarks = certificate.remarks.map(\.description)
    switch certificate.algorithm.family {
    case .rsa: break
    default:
      remarks.append(
        "rkt cannot read \(certificate.algorithm) keys: where rkt itself still runs, it would refuse every check of"
          + " this scope")
    }
    return remarks
  }
}
