public import Stores
public import TrustModel

/// Why a backup cannot be made or read.
///
/// The sentence does not name the backup's own file: whoever shows it does.
public enum BackupError: Error, Equatable, CustomStringConvertible {
  /// There is no such file.
  case missing
  /// The file cannot be read, for this reason.
  case unreadable(String)
  /// The file is something else.
  case notABackup(String)
  /// What the backup holds is not what was put into it.
  case damaged(String)
  /// The backup names a file that no store has.
  case path(String)
  /// A form that only newer versions read.
  case newer(String)
  /// More than a limit allows.
  case limit(String)
  /// A store of this machine cannot be read, so that a backup would have holes.
  case store(StoreError)
  /// Private keys of this machine would be left out: each file, and why.
  case incomplete([StoreListing.Omission])
  /// The directory of content trust cannot be told.
  case noContentTrustDirectory

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .missing: .notFound
    case .unreadable, .newer, .store, .incomplete, .noContentTrustDirectory, .limit: .failed
    case .damaged: .tampered
    case .notABackup, .path: .malformed
    }
  }

  /// One sentence.
  public var description: String {
    switch self {
    case .missing: "there is no such file"
    case .unreadable(let problem): "it cannot be read: \(problem)"
    case .notABackup(let what): "it is not a backup of Keyreeve: \(what)"
    case .damaged(let what): "the backup is damaged, and nothing of it is used: \(what)"
    case .path(let what): "the backup is refused, and nothing of it is used: \(what)"
    case .newer(let schema):
      "the backup has the form \(schema), and this program reads \(BackupManifest.schemas.joined(separator: " and ")): use the newer Keyreeve"
        + " that made it"
    case .limit(let what): what
    case .store(let error): "\(error): without it the backup would be incomplete"
    case .incomplete(let keys):
      "it would be without \(keys.count == 1 ? "a private key" : "\(keys.count) private keys"): "
        + keys.map { "\($0.file) (\($0.problem))" }.joined(separator: ", ")
        + "; give each a name of its own (64 digits and .key) as a file in its folder, or take away what is no key"
    case .noContentTrustDirectory:
      "DOCKER_CONFIG is not an absolute path without '.' and '..': it does not say where the content-trust keys are"
    }
  }
}
