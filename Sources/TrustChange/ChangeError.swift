internal import Stores
public import TrustModel

/// Why a change cannot be planned or was not applied.
public enum ChangeError: ReasonedError, Equatable {
  /// No such key, mask, change or file.
  case notFound(String)
  /// The request does not say enough, or asks for something that is not this command's.
  case ambiguous(String)
  /// A key that must not be trusted, for this reason.
  case unfit(String)
  /// Something is there that is not replaced without being asked for by name.
  case wouldReplace(String)
  /// A file is not what it was when the plan was made.
  case changedSincePlan(file: String)
  /// A file is no longer what the change that is to be taken back has left.
  case changedSinceChange(file: String, id: Int)
  /// The layer or the log cannot be written by this user.
  case permission(String)
  /// A symbolic link stands in the way of a write.
  case symbolicLink(String)
  /// The operating system refused.
  case system(String, String)
  /// GnuPG gave no answer that can be relied on.
  case undetermined(String)

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .notFound: .notFound
    case .ambiguous: .usage
    case .unfit: .unfit
    case .wouldReplace: .declined
    case .changedSincePlan, .changedSinceChange, .permission, .symbolicLink, .system, .undetermined: .failed
    }
  }

  /// One sentence with what to do next.
  public var description: String {
    switch self {
    case .notFound(let text), .ambiguous(let text), .unfit(let text), .wouldReplace(let text), .undetermined(let text):
      text
    case .changedSinceChange(let file, let id):
      "\(VisibleText(file)) is no longer what change \(id) has left: move what is there now away, then undo again"
    case .changedSincePlan(let file):
      "\(file) has changed since the plan was made: nothing was written; look at it and plan again"
    case .permission(let path):
      "\(path) cannot be written by this user: run the command with the administrator's rights (sudo)"
    case .symbolicLink(let path):
      "\(path) is a symbolic link: nothing is written through links; replace it by a real directory or file"
    case .system(let path, let problem): "\(path): \(problem); nothing was left half done"
    }
  }
}

extension ChangeError {
  init(_ error: StoreError) {
    switch error {
    case .missing: self = .notFound("\(error)")
    case .symbolicLink(let path): self = .symbolicLink(path)
    case .permission(let path): self = .permission(path)
    case .notRegular, .tooLarge, .system: self = .system(error.path, error.problem)
    }
  }
}
