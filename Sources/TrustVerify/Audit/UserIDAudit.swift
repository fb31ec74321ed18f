internal import OpenPGP
internal import Stores
internal import TrustModel

/// Findings about user ids that two different keys claim, so that a person could take one for the other.
struct UserIDAudit {
  let keys: AuditedKeys

  var findings: [Finding] {
    var first: [String: Fingerprint] = [:]
    var told: Set<Fingerprint> = []
    var findings: [Finding] = []
    for (key, record) in keys.trusted {
      guard let fingerprint = key.file.fingerprint else { continue }
      for user in record.userIDs {
        guard let other = first[user] else {
          first[user] = fingerprint
          continue
        }
        guard other != fingerprint, told.insert(fingerprint).inserted else { continue }
        findings.append(
          Finding(
            id: "duplicate-user-id", severity: .warning, file: key.file.path, fingerprint: fingerprint,
            message: "\(VisibleText(key.file.path)) names '\(user)', and so does key \(other):"
              + " compare both with their owner, and remove the one that is not theirs"))
      }
    }
    return findings
  }
}
