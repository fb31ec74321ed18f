public import OpenPGP
public import Stores
public import TrustModel

/// The key files of both layers as `keys` lists them, each judged, now or at an earlier time.
public struct KeyListing: Sendable {
  /// One record a file: by scope, name and layer.
  public let records: [KeyRecord]
  /// What could not be seen.
  public let obstacles: [LayerListing.Obstacle]
  /// The cache as it should be kept, or nil where there is nothing new: looking returns it, it does not write it.
  public let advance: ListingCache?

  /// Lists the files for which `isWanted` holds; those that `cache` does not know are read and judged.
  public init(
    _ layers: KeyLayers, judge: CertificateJudge = CertificateJudge(), cache: ListingCache = ListingCache(),
    at now: Timestamp, where isWanted: (KeyFile) -> Bool = { _ in true }
  ) {
    let listing = layers.list()
    let rules = LayerRules(listing.files)
    let files = listing.files.filter(isWanted).sorted(by: KeyInventory.precedes)
    let unknown = files.filter { $0.nature == .candidate && cache[$0] == nil }.map { LoadedKey($0, from: layers) }
    let judgements = KeyJudgements(unknown, judge: judge, at: now)
    var fresh: [KeyFile: KeyRecord] = [:]
    for key in unknown { fresh[key.file] = KeyRecord(key, judgements, at: now) }

    var advance = ListingCache()
    records = files.map { file in
      var record = fresh[file] ?? KeyRecord(file)
      if let known = cache[file], fresh[file] == nil { known.write(into: &record, at: now) }
      if file.nature == .candidate, judgements.failure(file.location) == nil { advance[file] = .init(record) }
      record.place(file, by: rules)
      return record
    }
    obstacles = listing.obstacles
    self.advance = unknown.isEmpty ? nil : advance
  }
}

extension KeyRecord {
  /// The record of a file of which only name and place are known.
  init(_ file: KeyFile) {
    self.init(
      fingerprint: file.fingerprint, layer: file.layer, scope: file.scope, file: file.path, status: .trusted)
  }

  /// The record of a file by its contents, wherever it lies.
  init(_ key: LoadedKey, _ judgements: KeyJudgements, at now: Timestamp) {
    self.init(key.file)
    if let certificate = key.certificate {
      describe(certificate, judgements[key.file.location], failure: judgements.failure(key.file.location), at: now)
    } else if let problem = key.problem {
      (status, self.problem) = (.invalid, problem)
    }
  }

  /// Writes what the file's place among the others makes of it.
  mutating func place(_ file: KeyFile, by rules: LayerRules) {
    switch rules.standing(of: file) {
    case .counts: break
    case .mask: status = .mask
    case .overridden(let other): (status, by) = (.overridden, other.path)
    case .disabled(let mask): (status, by) = (.disabled, mask.path)
    case .stray(let problem): (status, self.problem) = (.invalid, problem)
    }
    if status == .trusted, let mask = rules.partialMasks(of: file).first {
      by = mask.path
      problem = "switched off below \(mask.scope)"
    }
  }
}
