internal import StrictJSON
internal import TrustModel

/// What became of trying to open a private key of a backup.
public struct DrilledKey: Sendable {
  /// What came of it.
  public enum Outcome: String, Sendable {
    /// It opens, and is the key that its name says.
    case opens
    /// Nobody gave a passphrase: nothing is known.
    case untried = "not-tried"
    /// It does not open, or is another key.
    case fails
  }

  /// Its path in the store.
  public let path: String
  /// Role and repository, in words.
  public let role: String
  /// The outcome.
  public let outcome: Outcome
  /// The reason, where it does not open.
  public let words: String?

  /// An outcome.
  public init(path: String, role: String, outcome: Outcome, words: String? = nil) {
    (self.path, self.role, self.outcome, self.words) = (path, role, outcome, words)
  }

  /// A row of `keyreeve.backup/1`.
  var document: JSON {
    ["path": JSON(path), "role": JSON(role), "outcome": JSON(outcome.rawValue), "words": JSON(words)]
  }

  /// A line of text.
  func line(_ style: TextStyle) -> String {
    let shown = "\(VisibleText(path)), \(VisibleText(role, limit: 400))"
    switch outcome {
    case .opens: return "  \(style.good("opens"))      \(shown)"
    case .untried: return "  not tried  \(shown): \(words ?? "")"
    case .fails: return "  \(style.bad("fails"))      \(shown): \(words ?? "")"
    }
  }
}
