internal import ContentChange
internal import Synchronization
internal import TrustModel

/// A change of content trust that is being made, and the questions that it asks on the way.
final class ChangeOrder: Sendable {
  let kind: ContentChanges.Kind
  let command: ContentChanges.Command
  private let abandoned = Mutex(false)

  init(_ kind: ContentChanges.Kind, _ command: ContentChanges.Command) { (self.kind, self.command) = (kind, command) }

  /// Whether nobody waits for it any more: every question is answered by no.
  var isAbandoned: Bool { abandoned.withLock { $0 } }

  func abandon() { abandoned.withLock { $0 = true } }
}

/// What a change says while it is made.
enum ChangeNews: Sendable {
  /// A plan: whether somebody agrees to it.
  case plan([String], question: String, Answer<Bool>)
  /// The passphrase of a key; nil where nobody gives one.
  case passphrase(KeyRequest, isRepeated: Bool, Answer<SecretOctets?>)
  /// A new passphrase.
  case newPassphrase(KeyRequest, Answer<SecretOctets?>)
  /// It has ended.
  case ended(ContentChanges.Outcome)

  /// Answers by no.
  func decline() {
    switch self {
    case .plan(_, _, let answer): answer.give(false)
    case .passphrase(_, _, let answer), .newPassphrase(_, let answer): answer.give(nil)
    case .ended: break
    }
  }
}
