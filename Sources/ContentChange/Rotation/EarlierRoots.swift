public import ContentSigning
public import ContentTrust
public import SignedMetadata
public import TrustModel

/// The keys of roots before the last one, by the documents that the server still has.
///
/// Their keys sign a new root as well, for clients that have kept one of them and do not follow step by step. Each document must lead, by
/// its own keys, to the root that is trusted: what is only said to be an older root names no keys. Source:
/// reference/docker-content-trust.md, section 7, "`-l N`".
public enum EarlierRoots {
  /// The most roots.
  public static let limit = 100

  /// The root keys of the `count` roots before the present one, the newest first.
  ///
  /// - Parameter answer: asks the server.
  /// - Throws: `MetadataError` where a root is not there, or does not lead to the present one.
  public static func keys(
    _ count: Int, before reading: RepositoryReading, at now: Timestamp,
    answer: (MetadataRequest) -> MetadataUpdate.Answer
  ) throws(MetadataError) -> [ListedKey] {
    let present = reading.trusted.root.head.version
    let oldest = max(1, present - Int64(min(max(count, 0), limit)))
    guard oldest < present else { return [] }
    var documents: [Int64: [UInt8]] = [present: reading.update.rootOctets]
    var keys: [ListedKey] = []
    for version in (oldest..<present).reversed() {
      documents[version] = try document(version, answer)
    }
    guard let first = documents[oldest] else { throw MetadataError(.root, .absent) }
    try check(first, documents, leadTo: reading, at: now)
    for version in (oldest..<present).reversed() {
      guard let octets = documents[version] else { continue }
      let root = try FirstRoot(octets, of: reading.repository, at: nil)
      keys += root.document.keys(of: .root).keys.map { ListedKey($0) }
    }
    return keys
  }

  private static func document(
    _ version: Int64, _ answer: (MetadataRequest) -> MetadataUpdate.Answer
  ) throws(MetadataError) -> [UInt8] {
    switch answer(.root(version: version, MetadataLimits())) {
    case .octets(let octets): return octets
    case .absent: throw MetadataError(.root, .gap(missing: version, latest: version + 1))
    case .longer(let limit): throw MetadataError(.root, .tooLong(limit: limit))
    case .unreachable(let cause): throw MetadataError(.root, .unreachable(cause))
    }
  }

  /// Walks from the oldest root to the present one by the rules of every update.
  private static func check(
    _ first: [UInt8], _ documents: [Int64: [UInt8]], leadTo reading: RepositoryReading, at now: Timestamp
  ) throws(MetadataError) {
    var update = try MetadataUpdate(
      .notary, of: reading.repository, from: KeptMetadata(root: first), allowing: .allButTimestamp, at: now)
    var step = update.start()
    while case .fetch(let request) = step, request.role == .root, request.address != "root.json" {
      guard let octets = documents[update.trusted.root.head.version + 1] else { break }
      step = update.take(.octets(octets))
    }
    if case .failed(let error) = step { throw error }
    guard update.rootOctets == reading.update.rootOctets else {
      throw MetadataError(
        .root, .anchor("version \(reading.trusted.root.head.version) does not follow from those before it"))
    }
  }
}
