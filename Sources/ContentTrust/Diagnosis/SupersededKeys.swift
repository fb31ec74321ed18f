public import SignedMetadata
public import Stores
public import TrustModel

/// Keys that others have taken the place of, by what is kept of repositories: their roots go on to list former root keys, and Keyreeve
/// remembers the rotations that it made itself.
public struct SupersededKeys: Sendable {
  /// What a key was for.
  public struct Place: Hashable, Sendable {
    /// The repository.
    public let repository: Repository
    /// The role.
    public let role: RoleName
  }

  private var places: [KeyID: [Place]] = [:]
  /// Those that a root that is kept names for a role.
  private var current: Set<KeyID> = []

  /// The rule that tells of them.
  public static let findingID = "superseded-key"
  /// The most places that one sentence names.
  static let shownLimit = 5

  /// What is known by the repositories that folders keep; what cannot be read says nothing.
  public init(in folders: [TrustFolder], _ state: StateDirectory) {
    for folder in folders {
      for repository in (try? folder.repositories()) ?? [] { look(at: repository, folder, state) }
    }
  }

  private mutating func look(at repository: Repository, _ folder: TrustFolder, _ state: StateDirectory) {
    if let octets = (try? folder.document(["root.json"], of: repository)) ?? nil,
      let root = try? FirstRoot(octets, of: repository, at: nil).document
    {
      let named = Set(root.roles.values.flatMap(\.keys).map(\.canonicalID))
      current.formUnion(named)
      for key in root.keys where !named.contains(key.canonicalID) { add(key.canonicalID, .root, repository) }
    }
    for old in (try? RotationRecord.read(repository, in: state))?.superseded ?? [] {
      add(old.key, old.role, repository)
    }
  }

  private mutating func add(_ id: KeyID, _ role: RoleName, _ repository: Repository) {
    let place = Place(repository: repository, role: role)
    if places[id]?.contains(place) != true { places[id, default: []].append(place) }
  }

  /// What a key was for that counts nowhere any more; empty for one that still counts somewhere, or never did.
  public func places(of id: KeyID) -> [Place] { current.contains(id) ? [] : places[id] ?? [] }

  /// Of what a key was superseded, a clause; nil for any other one.
  public func words(_ id: KeyID) -> String? {
    let places = places(of: id)
    guard !places.isEmpty else { return nil }
    let names = places.prefix(Self.shownLimit).map { "\(VisibleText($0.role.description)) of \($0.repository)" }
    let more = places.count - names.count
    return "superseded as \(names.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "")"
  }
}

extension SigningKeySurvey {
  /// Tells keys that others have taken the place of from those that no repository uses.
  public mutating func tell(_ superseded: SupersededKeys) {
    findings = findings.map { finding in
      guard finding.id == "orphan", let id = finding.key, let words = superseded.words(id) else { return finding }
      let isRoot = superseded.places(of: id).contains { $0.role == .root }
      return SigningKeyFinding(
        SupersededKeys.findingID, .note, key: id, file: finding.file,
        "key \(id) in \(VisibleText(finding.file)) was \(words); "
          + (isRoot
            ? "a rotation of the root with --sign-with-previous still signs with it, for whoever has kept an older root"
            : "nothing that it signs counts any more"))
    }
  }
}
