internal import StrictJSON
internal import TrustModel

/// One thing of a site that was looked at, and what came of it.
struct SiteStep {
  /// What it came to.
  enum Outcome: String {
    /// As it should be.
    case fine = "ok"
    /// Worth knowing, and no finding.
    case note
    /// Works today.
    case warning
    /// A client would fail.
    case error

    var isFinding: Bool { self == .warning || self == .error }
  }

  /// What was looked at: `page`, `tag`, `keys`, `key`, `list`, `image`, `signature`.
  let what: String
  /// Which one: an address, a fingerprint, a file.
  let subject: String
  let outcome: Outcome
  let message: String

  init(_ what: String, _ subject: String, _ outcome: Outcome, _ message: String) {
    (self.what, self.subject, self.outcome, self.message) = (what, subject, outcome, message)
  }

  var document: JSON {
    [
      "step": JSON(what), "subject": JSON(subject), "outcome": JSON(outcome.rawValue), "message": JSON(message),
    ]
  }

  func line(_ style: TextStyle) -> String {
    let word = outcome.rawValue + String(repeating: " ", count: 8 - outcome.rawValue.count)
    let coloured =
      switch outcome {
      case .fine: style.good(word)
      case .note: word
      case .warning: style.warning(word)
      case .error: style.bad(word)
      }
    return "\(coloured)\(what) \(VisibleText(subject, limit: 400)): \(message)"
  }
}
