public import OpenPGP
internal import Stores
public import TrustModel
public import TrustVerify

/// Something to be done to the administrator layer or another store, as a value: shown, dry-run, applied, logged and
/// taken back the same way from the command line and the console.
public struct Change: Sendable, Equatable {
  /// The kinds of change.
  public enum Verb: String, Sendable {
    /// Keys are stored.
    case trust
    /// An empty file switches a key off.
    case disable
    /// An empty file is taken away.
    case enable
    /// Files of a backup are brought back.
    case restore
    /// An administrator's key file is taken away.
    case remove
    /// A new key is stored and an old one retired.
    case rotate
    /// An earlier change is taken back.
    case undo
  }

  /// What the change does to what is accepted in one scope.
  public struct Effect: Sendable, Equatable {
    /// The names concerned.
    public let scope: Scope
    /// How many keys vouch for the scope's own name before.
    public let acceptedBefore: Int
    /// The same afterwards.
    public let acceptedAfter: Int
    /// The keys that vouch for it before and no longer afterwards.
    public let withdrawn: [Fingerprint]
  }

  /// What the change does to the answer about an image of the store.
  public struct ImageEffect: Sendable, Equatable {
    /// The image.
    public let id: ImageID
    /// Its name and labels.
    public let reference: ImageReference
    /// Whether it is accepted afterwards; before, it is the other way round.
    public let isAccepted: Bool
  }

  /// The kind.
  public let verb: Verb
  /// One line that says what it does.
  public let summary: String
  /// The files, in the order in which they are written.
  public let edits: [FileEdit]
  /// What it does to what is accepted.
  public let effects: [Effect]
  /// What one should know before agreeing.
  public internal(set) var warnings: [String]
  /// What else one may want to know: nothing to be wary of.
  public internal(set) var notes: [String] = []
  /// The images of the store whose answer changes; none where nobody has looked.
  public internal(set) var images: [ImageEffect] = []
  /// Where the key goes on as before, although this change is about one scope of it: it still counts there, or is
  /// still switched off.
  public internal(set) var elsewhere: [Scope] = []
  /// The change that this one takes back.
  public let undoes: Int?
  /// The key that is to be retired later; nil for most changes.
  public let retirement: JournalEntry.Retirement?
  /// How the keys that are stored differ from the copies that they take the place of.
  public let differences: [KeyDifference]
  /// Of a rotation, whether the new key carries a certification by the old one; nil where that cannot be told.
  public internal(set) var certification: Certification?

  init(
    _ verb: Verb, summary: String, edits: [FileEdit], effects: [Effect] = [], warnings: [String] = [],
    undoes: Int? = nil, retirement: JournalEntry.Retirement? = nil, differences: [KeyDifference] = []
  ) {
    self.verb = verb
    self.summary = summary
    self.edits = edits
    self.effects = effects
    self.warnings = warnings
    self.undoes = undoes
    self.retirement = retirement
    self.differences = differences
  }

  /// The keys that afterwards vouch for fewer names, each once: images that were accepted may be refused.
  public var withdrawn: [Fingerprint] {
    var seen: Set<Fingerprint> = []
    return effects.flatMap(\.withdrawn).filter { seen.insert($0).inserted }
  }

  /// Whether some key no longer vouches for names that it vouched for.
  public var withdrawsTrust: Bool { !withdrawn.isEmpty }

  /// What a person types before anything is written, where something will be refused afterwards.
  public enum Demand: Sendable, Equatable {
    /// The last four digits of the one key that no longer counts, or whose images in the store will be refused.
    case digits(Fingerprint)
    /// How many keys no longer count: the digits of one would say nothing of the others.
    case count(Int)

    /// What has to be typed, in lower case.
    public var answer: String {
      switch self {
      case .digits(let key): String(key.description.suffix(4))
      case .count(let count): "\(count)"
      }
    }
  }

  /// What has to be typed; nil where nothing will be refused.
  public var demand: Demand? {
    var keys: [Fingerprint] = []
    for key in edits.compactMap(\.location?.fingerprint) where !keys.contains(key) { keys.append(key) }
    let gone = Set(withdrawn)
    let concerned = keys.filter { gone.contains($0) }
    if concerned.count > 1 { return .count(concerned.count) }
    return (concerned.first ?? (refusedImages == nil ? nil : keys.first)).map { .digits($0) }
  }
}
