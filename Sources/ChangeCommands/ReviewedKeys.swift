internal import TrustChange

/// The keys that a review has come to.
struct ReviewedKeys {
  /// A key that was agreed to.
  struct Key {
    let candidate: TrustReview.Candidate
    /// What the log keeps of how it was agreed to.
    var reason: String?
  }

  let keys: [TrustReview.Candidate]
  /// What the log keeps of the review where no other reason is given.
  let reason: String?

  init(keys: [TrustReview.Candidate]) { (self.keys, reason) = (keys, nil) }

  init(_ agreed: [Key]) {
    keys = agreed.map(\.candidate)
    let reasons = agreed.compactMap(\.reason)
    // Of many keys the first reasons are kept: the log's own limit counts.
    var text = ""
    for part in reasons where text.utf8.count + part.utf8.count + 2 <= ChangeOptions.reasonLimit {
      text += text.isEmpty ? part : "; " + part
    }
    reason = text.isEmpty ? nil : text
  }
}
