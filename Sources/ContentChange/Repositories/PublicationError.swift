public import ContentSigning
public import SignedMetadata
public import TrustModel

/// Why a change of a repository was not published, or is not known to be.
public enum PublicationError: ReasonedError {
  /// Too few keys of a role are here.
  case missing(SigningPlan.Missing, Repository)
  /// A role that is to be changed is there and could not be read.
  case unread(RoleName, Repository)
  /// Somebody else was always faster.
  case alwaysOvertaken(String, tries: Int)
  /// The host took it by its own word, and serves something else.
  case notThere(String, RoleName, Repository)
  /// The host does not take it, and signs no snapshot perhaps, whose key is not here either: the key, and the host's words.
  case snapshotKey(String, KeyID, String)
  /// The host did not answer, and has not taken it: why.
  case notTaken(String, String)
  /// The host did not answer, and cannot be read: both causes.
  case uncertain(String, String, String)

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .missing, .snapshotKey: .notFound
    case .unread: .stale
    default: .failed
    }
  }

  /// One sentence.
  public var description: String {
    switch self {
    case .missing(let missing, let repository): Self.sentence(missing, repository)
    case .unread(let role, let repository):
      "\(repository): \(role) has expired, or is signed by too few keys, and is not changed before it is mended: keyreeve content"
        + " doctor \(repository) says how"
    case .alwaysOvertaken(let host, let tries):
      "others published on \(host) at the same time, \(tries) times in a row: nothing was changed; try again"
    case .notThere(let host, let role, let repository):
      "\(host) says that it took the change, and serves another \(role): ask it again by keyreeve content inspect \(repository)"
    case .snapshotKey(let host, let key, let words):
      "\(host) does not take it: \(VisibleText(words, limit: 400)); where the server does not sign the snapshot, import its key \(key)"
        + " by keyreeve content key import FILE, or run this where it is"
    case .notTaken(let host, let cause): "\(host) has not taken the change: \(cause); nothing was changed: try again"
    case .uncertain(let host, let cause, let problem):
      "it is not known whether \(host) took the change: \(cause); reading it back failed as well: \(problem)"
    }
  }

  private static func sentence(_ missing: SigningPlan.Missing, _ repository: Repository) -> String {
    let keys = missing.absent.map { "\($0.canonicalID)" }.joined(separator: ", ")
    let whose = missing.isFormer ? "the root before" : "\(missing.role)"
    guard missing.held + missing.absent.count >= missing.needed || missing.role.isTopLevel else {
      let (role, count) = (RepositoryChangeError.shown(missing.role), missing.held + missing.absent.count)
      return
        "\(repository): \(missing.needed) of the keys of \(role) must sign, and it has \(count): add one by keyreeve content"
        + " delegation add \(repository) \(role) FILE, or lower what it asks for by --threshold in the place of FILE"
    }
    return
      "\(repository): \(missing.needed) of the keys of \(whose) must sign, and \(missing.held) are here; import one of \(keys)"
      + " by keyreeve content key import FILE, or run this where it is"
  }
}
