public import Stores
public import TrustModel

/// One change in the log: what was changed, when, by whom, and how it ended.
public struct JournalEntry: Sendable, Equatable {
  /// How the change ended.
  public enum Outcome: String, Sendable {
    /// Begun; the program ended before it could say more.
    case begun
    /// All files hold what was planned.
    case done
    /// Nothing of it is left: an error was met and what had been written was taken back.
    case rolledBack = "rolled-back"
    /// Interrupted, and some of its files have been changed by others since: left as they are.
    case abandoned
  }

  /// Who made a change.
  public struct Author: Sendable, Equatable {
    /// The user's number.
    public let uid: UInt32
    /// The user's name, where the system knows one.
    public let user: String?
    /// The user who called sudo, as sudo tells.
    public let sudoUser: String?

    /// An author.
    public init(uid: UInt32, user: String?, sudoUser: String?) {
      (self.uid, self.user, self.sudoUser) = (uid, user, sudoUser)
    }

    /// The person: the caller of sudo, or else the user.
    public var description: String { sudoUser ?? user ?? "uid \(uid)" }
  }

  /// One file that was changed.
  public struct Edit: Sendable, Equatable {
    /// The file, absolute, without the sysroot.
    public let file: String
    /// `sha256-` and 64 digits of what it held before, or nil where it did not exist.
    public let before: String?
    /// The same of what it held afterwards.
    public let after: String?
    /// The directory of content trust, docker's or notary's, absolute, without the sysroot, where the file is one of that store.
    public let contentTrust: String?
    /// Whether only the owner may read the file, where its place does not say so already.
    public let isPrivate: Bool

    /// An edit.
    public init(
      file: String, before: String?, after: String?, contentTrust: String? = nil, isPrivate: Bool = false
    ) {
      (self.file, self.before, self.after) = (file, before, after)
      (self.contentTrust, self.isPrivate) = (contentTrust, isPrivate)
    }

    /// The place, by its values; nil where the log names one that no change may write.
    public var place: StorePlace? {
      guard let contentTrust else { return StorePlace(file: file) ?? StorePlace(strayFile: file) }
      guard file.hasPrefix(contentTrust + "/"), let path = StorePath(String(file.dropFirst(contentTrust.count + 1)))
      else { return nil }
      return StorePlace(.contentTrust, in: contentTrust, path) ?? StorePlace(.notaryTrust, in: contentTrust, path)
    }
  }

  /// A key that is to be switched off later, once those who use the new one have had their time.
  public struct Retirement: Sendable, Equatable {
    /// The old key.
    public let fingerprint: Fingerprint
    /// Where it is to be switched off.
    public let scope: Scope
    /// When.
    public let due: Timestamp
    /// The key that takes its place.
    public let successor: Fingerprint

    /// A retirement.
    public init(fingerprint: Fingerprint, scope: Scope, due: Timestamp, successor: Fingerprint) {
      (self.fingerprint, self.scope, self.due, self.successor) = (fingerprint, scope, due, successor)
    }
  }

  /// The change's number, from 1.
  public let id: Int
  /// The command: `trust`, `disable`, `enable`, `remove`, `rotate`, `restore`, `undo`.
  public let verb: String
  /// One line that says what was done.
  public let summary: String
  /// When it was begun.
  public let when: Timestamp
  /// By whom.
  public let author: Author
  /// Why, if a reason was given.
  public let reason: String?
  /// The change that this one takes back.
  public let undoes: Int?
  /// The key that is to be retired later.
  public let retirement: Retirement?
  /// The files.
  public let edits: [Edit]
  /// What no undo takes back; nil for every change of files that the log keeps.
  public let lasting: Lasting?
  /// How it ended.
  public var outcome: Outcome
  /// The change that took this one back.
  public var undoneBy: Int?

  /// An entry as it is begun.
  public init(
    id: Int, verb: String, summary: String, when: Timestamp, author: Author, reason: String?, undoes: Int?,
    retirement: Retirement? = nil, edits: [Edit], lasting: Lasting? = nil
  ) {
    self.id = id
    self.verb = verb
    self.summary = summary
    self.when = when
    self.author = author
    self.reason = reason
    self.undoes = undoes
    self.retirement = retirement
    self.edits = edits
    self.lasting = lasting
    outcome = .begun
  }

  /// Whether undo is possible as far as the log can tell: done, not yet taken back, and of a kind that the log keeps.
  public var canBeUndone: Bool { outcome == .done && undoneBy == nil && lasting == nil }
}
