public import ContentSigning
public import ContentTrust
public import SignedMetadata
public import TrustModel

/// What mends a repository with the keys at hand, by a reading that took what had expired.
///
/// Nothing is made or written: the keys that are to come are only named. Source: reference/docker-content-trust.md, section 7.
public struct RepairPlan: Sendable {
  /// A key that is to take the place of others.
  public enum NewKey: Sendable, Hashable {
    /// The same key with a new certificate.
    case certificate(ListedKey)
    /// A key that is here already, made for the role and known to no server: the file's identifier.
    case stranded(KeyID)
    /// A new one, made here.
    case made
    /// The server's own.
    case server
  }

  /// A role whose keys are replaced.
  public struct Replacement: Sendable, Hashable {
    /// The role.
    public let role: RoleName
    /// The keys that go.
    public let old: [ListedKey]
    /// What comes.
    public let new: NewKey
  }

  /// A cause, or what cannot be mended from here, with the role.
  public struct Reason: Sendable, Hashable {
    /// The role.
    public let role: RoleName
    /// One clause.
    public let words: String
    /// The command that replaces a key that is lost, without what names server and folder; nil where none does.
    public let next: [String]?
  }

  /// Roles that are signed anew, as they are.
  public private(set) var renewals: Set<RoleName> = []
  /// Roles whose keys are replaced.
  public private(set) var replacements: [Replacement] = []
  /// Why, one for each role that is mended.
  public private(set) var reasons: [Reason] = []
  /// What cannot be mended from here, and by whom.
  public private(set) var beyond: [Reason] = []
  /// Keys that are not at hand, which is no fault by itself: with the command that replaces one where it is lost.
  public private(set) var offers: [Reason] = []

  /// Whether there is nothing to do.
  public var isEmpty: Bool { renewals.isEmpty && replacements.isEmpty }

  /// What is known of the keys at hand.
  public struct Keys {
    /// Whether the private half of a key is here.
    public let holds: (KeyID) -> Bool
    /// Keys here that were made for a role of the repository and stand in no root of it.
    public let stranded: [RoleName: [KeyID]]
    /// The key that the server would sign the snapshot with; nil where it was not asked.
    public let serverSnapshot: KeyID?
    /// Whether it lies in a folder: there is no server, and snapshot and timestamp are signed here.
    public let isFolder: Bool

    /// Keys.
    public init(
      stranded: [RoleName: [KeyID]], serverSnapshot: KeyID?, isFolder: Bool = false, holds: @escaping (KeyID) -> Bool
    ) {
      (self.stranded, self.serverSnapshot, self.isFolder) = (stranded, serverSnapshot, isFolder)
      self.holds = holds
    }
  }

  /// The plan for a repository.
  ///
  /// - Parameters:
  ///   - only: mends these roles alone, and replaces keys of them that are not at hand, with what has expired besides, without which
  ///     nothing is taken; none for every role that needs it.
  ///   - until: what ends before that moment is signed anew.
  public init(_ reading: RepositoryReading, _ keys: Keys, only: Set<RoleName> = [], until: Timestamp) {
    let needs = RepairNeeds(reading, keys, only: only, until: until).all
    let isMended = needs.contains { only.contains($0.role) && $0.isCurable }
    for need in needs where only.isEmpty || only.contains(need.role) || isMended && need.isOver {
      add(need, reading, keys)
    }
  }

  private mutating func add(_ need: RepairNeeds.Need, _ reading: RepositoryReading, _ keys: Keys) {
    switch need.cure {
    case .renewal: renewals.insert(need.role)
    case .replacement(let old, let new): replacements.append(Replacement(role: need.role, old: old, new: new))
    case .nobody(let next):
      beyond.append(Reason(role: need.role, words: need.words, next: next))
      return
    case .nothing(let next):
      offers.append(Reason(role: need.role, words: need.words, next: next))
      return
    }
    reasons.append(Reason(role: need.role, words: need.words, next: nil))
  }
}
