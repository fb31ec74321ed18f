internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// What became of one repository.
struct RefreshedRepository {
  let repository: Repository
  /// `renewed`, `unchanged`, `planned`, `failed`.
  var action: String
  var timestamp: DocumentHead?
  var snapshot: DocumentHead?
  var problem: String?

  init(_ repository: Repository, action: String, _ timestamp: DocumentHead?, _ snapshot: DocumentHead?) {
    (self.repository, self.action, self.timestamp, self.snapshot) = (repository, action, timestamp, snapshot)
  }

  init(_ repository: Repository, problem: String) {
    (self.repository, action, self.problem) = (repository, "failed", problem)
  }

  var line: String {
    let end = timestamp.map { "version \($0.version), until \($0.expires)" } ?? "none"
    switch action {
    case "unchanged": return "\(repository): nothing to renew: timestamp \(end)"
    case "planned": return "\(repository): would be renewed: timestamp \(end)"
    default: return "\(repository): renewed: timestamp \(end)"
    }
  }

  var document: JSON {
    func form(_ head: DocumentHead?) -> JSON {
      head.map { ["version": JSON($0.version), "expires": JSON($0.expires.description)] } ?? .null
    }
    return [
      "repository": JSON(repository.name), "action": JSON(action), "timestamp": form(timestamp),
      "snapshot": form(snapshot), "problem": JSON(problem),
    ]
  }
}
