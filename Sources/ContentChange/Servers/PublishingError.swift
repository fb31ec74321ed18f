public import TrustModel

/// Why something was not published: what the host holds now differs from case to case.
public enum PublishingError: ReasonedError, Hashable {
  /// Somebody else has published meanwhile: nothing of ours was taken. The host's own words.
  case overtaken(String)
  /// The host does not take it, for a reason that trying again does not change: its code, and its words.
  case refused(code: String, String)
  /// Whoever asks may not: what helps.
  case access(String)
  /// It was not sent, or surely not taken: why.
  case notSent(String)
  /// It was sent and no answer came: it may have been taken, which only reading back can tell. Why.
  case uncertain(String)

  /// One clause, where it was a deletion that was asked for.
  public var ofDeletion: String {
    switch self {
    case .refused(let code, let words):
      "the server does not delete it: \(VisibleText(code, limit: 40)) \(VisibleText(words, limit: 400))"
    case .notSent(let words): "nothing was deleted: \(words)"
    case .uncertain(let words): "it is not known whether it was deleted: \(words)"
    default: description
    }
  }

  /// Decides the exit status.
  public var reason: Reason { .failed }

  /// One clause.
  public var description: String {
    switch self {
    case .overtaken(let words): "somebody else has published meanwhile (\(VisibleText(words, limit: 200)))"
    case .refused(let code, let words):
      "the server does not take it: \(VisibleText(code, limit: 40)) \(VisibleText(words, limit: 400))"
    case .access(let words): words
    case .notSent(let words): "nothing was published: \(words)"
    case .uncertain(let words): "it is not known whether it was published: \(words)"
    }
  }
}
