/// Which documents may have expired, for whoever signs them anew or says that they must be.
///
/// No tag is ever judged by what was read so. Everything but the age is checked as always: signatures, thresholds, digests, versions
/// against those seen, and which documents belong together. The timestamp proves that this is what the server holds now: its keys sign
/// it anew every two weeks, so that an older state, however well signed, is not taken for the present one.
public enum AgeAllowance: Sendable, Hashable {
  /// Whatever has expired is refused.
  case none
  /// Root, its certificates, snapshot, targets and delegations may have expired; the timestamp may not.
  case allButTimestamp
  /// The timestamp, too: for a repository without a server, whose owner signs it himself.
  case all

  func covers(_ role: RoleName) -> Bool {
    switch self {
    case .none: false
    case .allButTimestamp: role != .timestamp
    case .all: true
    }
  }
}
