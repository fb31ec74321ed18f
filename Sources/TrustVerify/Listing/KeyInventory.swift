public import OpenPGP
public import Stores
public import TrustModel

/// Every key file of both layers with what was read from it: the base of listings, explanations and audits.
///
/// Reading needs no GnuPG. Validity is filled in by `judge`, for all keys or for those that matter.
public struct KeyInventory: Sendable {
  /// What the directories hold.
  public let listing: LayerListing
  /// How the files stand to each other.
  public let rules: LayerRules
  /// The files with their contents, in the order of the listing: scope, then layer, then name.
  public let keys: [LoadedKey]
  /// What GnuPG said so far.
  public private(set) var judgements = KeyJudgements()

  /// Reads every key file under the layers' sysroot.
  public init(_ layers: KeyLayers) {
    let listing = layers.list()
    self.init(listing, keys: listing.files.map { LoadedKey($0, from: layers) })
  }

  /// Reads every key file under the layers' sysroot, and shows what has been read once there are `early` of them.
  ///
  /// The files of both layers are read by scope and name, so that what is shown early stands first in the whole too. How
  /// the files stand to each other is known from their names, so that it is the same in both.
  public init(_ layers: KeyLayers, early: Int, show: (KeyInventory) -> Void) {
    let listing = layers.list()
    let files = listing.files.sorted(by: Self.precedes)
    var end = min(early, files.count)
    // Both layers' files of one name belong together.
    if end > 0, end < files.count, files[end].scope == files[end - 1].scope, files[end].name == files[end - 1].name {
      end += 1
    }
    let rules = LayerRules(listing.files)
    let first = files[..<end].map { LoadedKey($0, from: layers) }
    if end < files.count { show(KeyInventory(listing, sorted: first, rules)) }
    self.init(listing, sorted: first + files[end...].map { LoadedKey($0, from: layers) }, rules)
  }

  private init(_ listing: LayerListing, sorted keys: [LoadedKey], _ rules: LayerRules) {
    (self.listing, self.keys, self.rules) = (listing, keys, rules)
  }

  init(_ listing: LayerListing, keys: [LoadedKey]) {
    self.listing = listing
    self.keys = keys.sorted { Self.precedes($0.file, $1.file) }
    rules = LayerRules(keys.map(\.file))
  }

  /// Fills in the validity of the keys for which `isWanted` holds.
  public mutating func judge(
    by judge: CertificateJudge, at now: Timestamp, where isWanted: (LoadedKey) -> Bool = { _ in true }
  ) {
    judgements = KeyJudgements(keys.filter(isWanted), judge: judge, at: now)
  }

  /// One record a file; a file not judged yet is shown by its unverified self-signatures and marked so.
  public func records(at now: Timestamp) -> [KeyRecord] {
    keys.map { record(of: $0, at: now) }
  }

  /// The record of one file.
  public func record(of key: LoadedKey, at now: Timestamp) -> KeyRecord {
    var record = KeyRecord(key, judgements, at: now)
    record.place(key.file, by: rules)
    return record
  }

  /// The record of one file by its contents alone, wherever it lies: whether the key itself is in force.
  public func health(of key: LoadedKey, at now: Timestamp) -> KeyRecord {
    KeyRecord(key, judgements, at: now)
  }

  /// Whether the key in a file vouches for the names of `scope` alike: it is fit and not switched off there.
  public func counts(_ key: LoadedKey, in scope: Scope, at now: Timestamp) -> Bool {
    guard key.certificate != nil, key.file.scope.covers(scope), record(of: key, at: now).status == .trusted else {
      return false
    }
    return !rules.partialMasks(of: key.file).contains { $0.scope.covers(scope) }
  }

  /// The inventory as it would be if these files were so; what was judged stays judged.
  public func replacing(_ replacements: [Replacement]) -> KeyInventory {
    let places = Set(replacements.map(\.location))
    var keys = keys.filter { key in key.file.location.map { !places.contains($0) } ?? true }
    keys += replacements.filter(\.exists).map { replacement in
      LoadedKey(planned: replacement.location, certificate: replacement.certificate)
    }
    var changed = KeyInventory(listing, keys: keys)
    changed.judgements = judgements.forgetting(places)
    return changed
  }

  /// A file as a plan wants it.
  public struct Replacement: Sendable {
    let location: KeyLocation
    let certificate: Certificate?
    let exists: Bool

    /// The file at `location`, holding a certificate, empty where it is nil, or absent where it does not exist.
    public init(_ location: KeyLocation, certificate: Certificate?, exists: Bool) {
      (self.location, self.certificate, self.exists) = (location, certificate, exists)
    }
  }

  static func precedes(_ left: KeyFile, _ right: KeyFile) -> Bool {
    if left.scope != right.scope { return left.scope < right.scope }
    if left.name != right.name { return left.name.utf8.lexicographicallyPrecedes(right.name.utf8) }
    return left.layer == .distribution && right.layer == .administrator
  }
}

extension KeyRecord {
  /// Writes what is known of the key itself, judged where it has been.
  public mutating func describe(
    _ certificate: Certificate, _ judgement: Judgement?, failure: EngineError? = nil, at now: Timestamp
  ) {
    userIDs = certificate.shownUserIDs(judgement)
    algorithm = certificate.algorithm
    created = certificate.created
    expires = judgement.map(\.expires) ?? certificate.claimedExpiry
    isJudged = judgement != nil || failure != nil
    let (status, problem) = KeyFitness.status(of: certificate, judgement, failure: failure, at: now)
    (self.status, self.problem) = (status, problem)
  }
}
