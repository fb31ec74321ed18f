internal import StrictJSON
public import TrustModel

/// The documents that are trusted at one moment, and the rules by which the next one becomes so.
///
/// Every function that takes octets either makes their document trusted or leaves everything as it was. Source: TUF 1.0.34, section 5;
/// reference/security.md, section 2.
public struct TrustedMetadata: Sendable {
  /// The form of the repository.
  public let dialect: Dialect
  /// The moment of the whole update.
  public let now: Timestamp
  let limits: MetadataLimits
  /// The repository, whose name Notary's certificates must carry; nil in TUF.
  public let repository: Repository?
  /// The root.
  public private(set) var root: RootDocument
  /// The last timestamp that was good but for its age.
  public private(set) var timestamp: TimestampDocument?
  /// The last snapshot that was good but for its age: what a new one must not fall behind.
  private var known: SnapshotDocument?
  /// The snapshot that the timestamp names.
  public private(set) var snapshot: SnapshotDocument?
  var floors: VersionFloors
  private let allowance: AgeAllowance
  /// What has expired and was taken all the same, by the role of the document.
  public private(set) var aged: [RoleName: MetadataError] = [:]

  /// Begins with a root that is trusted already; its age does not matter yet (5.2).
  public init(
    root octets: [UInt8], _ dialect: Dialect, of repository: Repository? = nil,
    floors: VersionFloors = VersionFloors(), limits: MetadataLimits = MetadataLimits(),
    allowing allowance: AgeAllowance = .none,
    at now: Timestamp
  ) throws(MetadataError) {
    let envelope = try Envelope(octets, of: .root, dialect, limit: limits.stated, limits)
    root = try RootDocument(envelope, limits)
    try root.keys(of: .root).verify(envelope)
    if let repository { _ = try RootCertificates(root, of: repository) }
    try floors.checkIdentity(of: root)
    (self.dialect, self.floors, self.limits, self.now) = (dialect, floors, limits, now)
    (self.repository, self.allowance) = (repository, allowance)
  }

  // MARK: Age

  /// Whether what a document says of its end lets it count now, or is passed over.
  private mutating func checkAge(_ role: RoleName, _ check: () throws(MetadataError) -> Void) throws(MetadataError) {
    do throws(MetadataError) {
      try check()
      aged[role] = nil
    } catch {
      guard allowance.covers(role) else { throw error }
      aged[role] = error
    }
  }

  private mutating func checkAge(of role: RoleName, _ head: DocumentHead) throws(MetadataError) {
    let (dialect, now) = (dialect, now)
    try checkAge(role) { () throws(MetadataError) in try head.check(role, dialect, at: now) }
  }

  // MARK: Root (5.3)

  /// Takes the next root: signed by the present root's keys and by its own, exactly one version on.
  mutating func takeRoot(_ octets: [UInt8]) throws(MetadataError) {
    let envelope = try Envelope(octets, of: .root, dialect, limit: limits.root, limits)
    // 5.3.4: by the keys of the root that is trusted, then by its own.
    try root.keys(of: .root).verify(envelope)
    let new = try RootDocument(envelope, limits)
    try new.keys(of: .root).verify(envelope)
    // 5.3.5: the version must be the next one.
    let expected = root.head.version + 1
    guard new.head.version == expected else {
      throw MetadataError(.root, .version(expected: expected, offered: new.head.version))
    }
    if let repository { _ = try RootCertificates(new, of: repository) }
    try floors.checkIdentity(of: new)
    // 5.3.7 needs no step here: the age of roots on the way does not matter.
    root = new
  }

  /// Takes Notary's latest root where the one that should follow is lost: any newer version, signed by the present keys.
  ///
  /// Notary's own client does so. False where there is nothing newer in it.
  mutating func takeLatestRoot(_ octets: [UInt8]) throws(MetadataError) -> Bool {
    guard let envelope = try? Envelope(octets, of: .root, dialect, limit: limits.root, limits),
      let new = try? RootDocument(envelope, limits), new.head.version > root.head.version
    else { return false }
    do throws(MetadataError) {
      try root.keys(of: .root).verify(envelope)
    } catch {
      throw MetadataError(.root, .gap(missing: root.head.version + 1, latest: new.head.version))
    }
    try new.keys(of: .root).verify(envelope)
    if let repository { _ = try RootCertificates(new, of: repository) }
    root = new
    (timestamp, known, snapshot) = (nil, nil, nil)
    return true
  }

  /// The root that the update goes on with is no older than one that was trusted before, and, 5.3.10, has not expired.
  mutating func checkRoot() throws(MetadataError) {
    let version = root.head.version
    // Whatever its keys: only a newer root can change those.
    if let floor = floors.floors[.root], version < floor.version {
      throw MetadataError(.root, .rollback(seen: floor.version, offered: version))
    }
    floors.floors[.root] = VersionFloors.Floor(version: version, keys: root.keys(of: .root).identity)
    let (root, dialect, repository, now) = (root, dialect, repository, now)
    try checkAge(.root) { () throws(MetadataError) in
      try root.head.check(.root, dialect, at: now)
      guard let repository else { return }
      try RootCertificates(root, of: repository).check(root.keys(of: .root), at: now)
    }
  }

  // MARK: Timestamp (5.4)

  /// Takes a timestamp; false where it has the version of the one that is trusted, which then stays.
  ///
  /// - Parameter isLocal: whether it is the one kept from last time, whose age does not matter for comparing with it.
  mutating func takeTimestamp(_ octets: [UInt8], isLocal: Bool = false) throws(MetadataError) -> Bool {
    let envelope = try Envelope(octets, of: .timestamp, dialect, limit: limits.timestamp, limits)
    // 5.4.2
    try root.keys(of: .timestamp).verify(envelope)
    let new = try TimestampDocument(envelope)
    if let old = timestamp {
      // 5.4.3.1: no lower version; the same version is no news.
      guard new.head.version >= old.head.version else {
        throw MetadataError(.timestamp, .rollback(seen: old.head.version, offered: new.head.version))
      }
      if new.head.version == old.head.version { return false }
      // 5.4.3.2: no lower version of the snapshot.
      if let seen = old.snapshot.version, let offered = new.snapshot.version, offered < seen {
        throw MetadataError(.snapshot, .rollback(seen: seen, offered: offered))
      }
    }
    let keys = identity(of: .timestamp)
    try floors.check(.timestamp, new.head.version, keys: keys)
    // 5.4.4
    if !isLocal { try checkAge(of: .timestamp, new.head) }
    floors.raise(.timestamp, to: new.head.version, keys: keys)
    timestamp = new
    return true
  }

  /// The timestamp, if it has not expired.
  func currentTimestamp() throws(MetadataError) -> TimestampDocument {
    guard let timestamp else { throw MetadataError(.timestamp, .absent) }
    if !allowance.covers(.timestamp) { try timestamp.head.check(.timestamp, dialect, at: now) }
    return timestamp
  }

  // MARK: Snapshot (5.5)

  /// Takes the snapshot that the timestamp names.
  ///
  /// - Parameter isLocal: whether it is the one kept from last time. Its digest was checked then; where it is no longer the one that the
  ///   timestamp names, this throws, and a new one is compared with it.
  mutating func takeSnapshot(_ octets: [UInt8], isLocal: Bool = false) throws(MetadataError) {
    let listed = try currentTimestamp().snapshot
    // 5.5.2
    if !isLocal { try listed.check(octets, of: .snapshot) }
    let envelope = try Envelope(octets, of: .snapshot, dialect, limit: limits.stated, limits)
    // 5.5.3
    try root.keys(of: .snapshot).verify(envelope)
    let new = try SnapshotDocument(envelope, limits)
    try checkAgainstKnown(new)
    if isLocal { known = new }
    // 5.5.4
    if let expected = listed.version {
      guard new.head.version == expected else {
        throw MetadataError(.snapshot, .version(expected: expected, offered: new.head.version))
      }
    } else if isLocal {
      try listed.check(octets, of: .snapshot)
    }
    let keys = identity(of: .snapshot)
    try floors.check(.snapshot, new.head.version, keys: keys)
    // 5.5.6
    try checkAge(of: .snapshot, new.head)
    floors.raise(.snapshot, to: new.head.version, keys: keys)
    (known, snapshot) = (new, new)
  }

  /// 5.5.5: nothing that was listed may be gone, and nothing may have a lower version.
  private func checkAgainstKnown(_ new: SnapshotDocument) throws(MetadataError) {
    guard let known else { return }
    guard new.head.version >= known.head.version else {
      throw MetadataError(.snapshot, .rollback(seen: known.head.version, offered: new.head.version))
    }
    guard dialect.listsVersions else { return }
    for (name, old) in known.files {
      guard let now = new.files[name] else { throw MetadataError(.snapshot, .vanished(name.text)) }
      if let seen = old.version, let offered = now.version, offered < seen {
        throw MetadataError(RoleName(name), .rollback(seen: seen, offered: offered))
      }
    }
  }

  // MARK: Targets and delegations (5.6)

  /// What the snapshot says of a role's document.
  func listed(_ role: RoleName) throws(MetadataError) -> ListedFile {
    guard let snapshot else { throw MetadataError(.snapshot, .absent) }
    guard let listed = snapshot[role] else { throw MetadataError(role, .unlisted) }
    return listed
  }

  /// The same for a delegated role: one that was seen before, under the same keys, is not just gone.
  func listed(_ delegation: Delegation) throws(MetadataError) -> ListedFile {
    do throws(MetadataError) {
      return try listed(delegation.name)
    } catch {
      let floor = floors.floors[delegation.name]
      guard error.rule == .unlisted, floor?.keys == identity(of: delegation.name, delegation.keys) else { throw error }
      throw MetadataError(.snapshot, .vanished(delegation.name.text.text))
    }
  }

  /// Whether the root is the one that Notary's snapshot lists: another one is newer, and withheld, or older.
  func checkListing(of root: [UInt8]) throws(MetadataError) {
    guard !dialect.listsVersions, let listed = snapshot?[.root] else { return }
    guard (try? listed.check(root, of: .root)) == nil else { return }
    throw MetadataError(.root, .mixed)
  }

  /// Takes the targets of a role, signed by `keys`, which its delegator names.
  ///
  /// - Parameter isLocal: whether they were kept from last time; their version, or else their digest, must be the listed one.
  mutating func takeTargets(
    _ octets: [UInt8], of role: RoleName, by keys: RoleKeys, isLocal: Bool = false
  ) throws(MetadataError) -> TargetsDocument {
    let listed = try listed(role)
    // 5.6.2
    if !isLocal || !dialect.listsVersions { try listed.check(octets, of: role) }
    let envelope = try Envelope(octets, of: role, dialect, limit: limits.stated, limits)
    // 5.6.3: by the keys of this delegator, whoever else leads to the role.
    try keys.verify(envelope)
    let new = try TargetsDocument(envelope, limits)
    // 5.6.4
    if let expected = listed.version, new.head.version != expected {
      throw MetadataError(role, .version(expected: expected, offered: new.head.version))
    }
    let identity = identity(of: role, keys)
    try floors.check(role, new.head.version, keys: identity)
    // 5.6.5
    try checkAge(of: role, new.head)
    floors.raise(role, to: new.head.version, keys: identity)
    return new
  }

  /// What a floor is bound to: with other keys of the role, or of those that list it, counting begins anew (5.3.11).
  private func identity(of role: RoleName, _ keys: RoleKeys? = nil) -> String {
    let own = keys ?? root.keys(of: role)
    let listing = role == .timestamp ? [] : [root.keys(of: .timestamp), root.keys(of: .snapshot)]
    return ([own] + listing).map(\.identity).joined(separator: ";")
  }
}
