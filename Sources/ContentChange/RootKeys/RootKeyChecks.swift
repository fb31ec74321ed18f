public import SignedMetadata

/// What is looked at before a root key is made: nothing is written for it.
public struct RootKeyChecks: Hashable, Sendable {
  /// What came of one look.
  public struct Check: Hashable, Sendable {
    /// Whether a key can be made.
    public enum Outcome: Hashable, Sendable {
      case good
      /// It can, but something should be known first.
      case doubtful
      /// It cannot.
      case bad
    }

    /// What was looked at, in one word.
    public let name: String
    /// What came of it.
    public let outcome: Outcome
    /// A clause.
    public let words: String

    /// A check.
    public init(_ name: String, _ outcome: Outcome, _ words: String) {
      (self.name, self.outcome, self.words) = (name, outcome, words)
    }
  }

  /// The checks: clock, room, folder, root keys.
  public let rows: [Check]
  /// The root keys that are here already.
  public let existing: [KeyID]
  /// The root keys that repositories kept here name, and that are not here.
  public let absent: [KeyID]

  /// Checks.
  public init(_ rows: [Check], existing: [KeyID], absent: [KeyID]) {
    (self.rows, self.existing, self.absent) = (rows, existing, absent)
  }

  /// Whether a key can be made.
  public var allowsKey: Bool { !rows.contains { $0.outcome == .bad } }
  /// Whether a root key is here, or was: another one should be a decision.
  public var hasRootKey: Bool { !existing.isEmpty || !absent.isEmpty }
}
