public import SignedMetadata
public import Stores
public import TrustModel

/// What Keyreeve remembers of the rotations of one repository: those that are not known to have ended, and the keys that others have
/// taken the place of.
///
/// It stands beside the key files, not in them: those stay as docker and notary read them. Written before anything else of a rotation, so
/// that one that was interrupted is found at the next start. The versions seen lie in the same folder.
public struct RotationRecord: Sendable, Equatable {
  /// One key in the place of others.
  public struct Replacement: Sendable, Equatable {
    /// The role.
    public let role: RoleName
    /// The keys that go, by the identifiers of their files.
    public let old: [KeyID]
    /// The key that comes, by the identifier of its file; of a key of the server, by that of the key.
    public let new: KeyID
    /// The identifier that the root lists it under.
    public let listed: KeyID
    /// The file that is written for it, absolute, without the sysroot; nil where the key was here before, or is the server's.
    public let file: String?

    /// A replacement.
    public init(role: RoleName, old: [KeyID], new: KeyID, listed: KeyID, file: String?) {
      (self.role, self.old, self.new, self.listed, self.file) = (role, old, new, listed, file)
    }
  }

  /// How far a rotation came.
  public enum Stage: String, Sendable {
    /// Nothing was sent.
    case prepared
    /// It may have been sent.
    case sent
  }

  /// A document that is to be published.
  public struct Document: Sendable, Equatable {
    /// Its role.
    public let role: RoleName
    /// Its version, which nobody can publish after somebody else has.
    public let version: Int64

    /// A document.
    public init(_ role: RoleName, version: Int64) { (self.role, self.version) = (role, version) }
  }

  /// A rotation that is not known to have ended.
  public struct Attempt: Sendable, Equatable {
    /// What is replaced.
    public let replacements: [Replacement]
    /// What is published for it.
    public var documents: [Document]
    /// Where, as messages say it.
    public let host: String
    /// When it began.
    public let began: Timestamp
    /// How far it came.
    public var stage: Stage

    /// An attempt that begins.
    public init(
      _ replacements: [Replacement], documents: [Document], host: String, began: Timestamp, stage: Stage = .prepared
    ) {
      (self.replacements, self.documents, self.host) = (replacements, documents, host)
      (self.began, self.stage) = (began, stage)
    }
  }

  /// A key that another one has taken the place of, which the server has confirmed.
  public struct Superseded: Sendable, Equatable {
    /// The key, by the identifier of its file.
    public let key: KeyID
    /// Its role.
    public let role: RoleName
    /// The key in its place.
    public let by: KeyID
    /// When that was confirmed.
    public let when: Timestamp

    /// A superseded key.
    public init(_ key: KeyID, role: RoleName, by: KeyID, when: Timestamp) {
      (self.key, self.role, self.by, self.when) = (key, role, by, when)
    }
  }

  /// Rotations that are not known to have ended, the oldest first.
  public var underWay: [Attempt] = []
  /// Keys that no longer count, the oldest first.
  public var superseded: [Superseded] = []

  /// The most rotations of a repository that may be under way.
  public static let attemptLimit = 16
  /// The most superseded keys; the oldest are forgotten first.
  public static let supersededLimit = 1_000
  /// Octets of a file.
  public static let octetLimit = 1 << 20
  /// The name of each file.
  public static let fileName = "+rotations.json"

  /// Nothing.
  public init() {}

  /// The file of a repository below the state directory.
  public static func path(of repository: Repository) -> String {
    "\(SeenVersions.folder)/\(repository.name)/\(fileName)"
  }

  /// What is remembered of a repository; nothing where there is no file.
  ///
  /// - Throws: `SeenVersions.Damaged` where there is one that cannot be used.
  public static func read(_ repository: Repository, in state: StateDirectory) throws(SeenVersions.Damaged)
    -> RotationRecord
  {
    let file = state.path + "/" + path(of: repository)
    let octets: [UInt8]
    do throws(StoreError) {
      octets = try state.contents(of: path(of: repository), limit: octetLimit)
    } catch .missing {
      return RotationRecord()
    } catch {
      throw damaged(file, error.problem, repository)
    }
    guard let record = RotationRecord(octets, of: repository) else {
      throw damaged(file, "is no keyreeve.rotations/1 document of it", repository)
    }
    return record
  }

  /// No key is lost with the record: without it, what the server has says which keys count.
  private static func damaged(_ file: String, _ problem: String, _ repository: Repository) -> SeenVersions.Damaged {
    SeenVersions.Damaged(
      file: file, problem: problem,
      advice:
        "it is Keyreeve's note of the key rotations of \(repository), and holds no key: every key file is safe, and none is to "
        + "be removed now; restore it from a backup of the machine, or move it away by \(ShellText.line(movingAway(file))), and "
        + "keyreeve content doctor \(repository) then says which keys the server has")
  }

  /// The command that takes a record away which cannot be used, and keeps it.
  public static func movingAway(_ file: String) -> [String] { ["mv", "-n", file, file + ".damaged"] }
}
