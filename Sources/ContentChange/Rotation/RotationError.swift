public import ContentTrust
public import DurableFiles
public import SignedMetadata
public import TrustModel

/// Why a key was not rotated, or is not known to be.
public enum RotationError: ReasonedError {
  /// What is remembered of rotations cannot be used.
  case record(SeenVersions.Damaged)
  /// It cannot be written.
  case writing(WriteError)
  /// Another process rotates keys of the same repository: the folder of its record.
  case busy(Repository, String)
  /// Too many rotations are under way.
  case tooMany(Repository)
  /// The key of a role is no longer the one that was to be replaced.
  case moved(Repository, RoleName)
  /// A role has several keys, and nobody said which one goes.
  case several(Repository, RoleName, [KeyID])
  /// A key does not belong to the role.
  case notThere(Repository, RoleName, KeyID)
  /// The key is the role's already.
  case already(Repository, RoleName, KeyID)
  /// The server is not known to have taken the change, nor not to have: why, and the files of the new keys.
  case open(Repository, String, files: [String])
  /// The change was taken back: why.
  case takenBack(Repository, String, reason: Reason)

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .several, .notThere, .already: .usage
    case .takenBack(_, _, let reason): reason
    default: .failed
    }
  }

  /// One sentence.
  public var description: String {
    switch self {
    case .record(let damaged): damaged.description
    case .writing(let error): "nothing was changed: \(VisibleText("\(error)", limit: 400))"
    case .busy(let repository, let folder):
      "another process rotates keys of \(repository) just now (\(VisibleText(folder))): try again when it has ended"
    case .tooMany(let repository):
      "\(RotationRecord.attemptLimit) rotations of keys of \(repository) are under way: keyreeve content repair \(repository) first"
    case .moved(let repository, let role):
      "somebody else has changed the keys of \(role) of \(repository) meanwhile: nothing was changed; see keyreeve content inspect \(repository)"
    case .several(let repository, let role, let ids):
      "\(role) of \(repository) has \(ids.count) keys: say which one goes by --replace ID, one of \(ids.map(\.description).joined(separator: ", "))"
    case .notThere(let repository, let role, let id):
      "key \(id) is none of \(role) of \(repository): see keyreeve content inspect \(repository)"
    case .already(let repository, let role, let id): "key \(id) is that of \(role) of \(repository) already"
    case .open(let repository, let cause, let files):
      "\(cause); whether the keys of \(repository) have changed is looked at again at the next change, or by keyreeve content repair \(repository): "
        + "keep \(files.isEmpty ? "all key files" : files.map { VisibleText($0).description }.joined(separator: ", ")) until then"
    case .takenBack(_, let cause, _): "\(cause); the rotation was taken back, and the keys are those that they were"
    }
  }
}
