public import ContentTrust
public import SignedMetadata
internal import TrustModel

/// A repository with all documents that prove what was read of it.
public struct RepositoryFreeze: Sendable {
  /// Its entry in the lock file.
  public let entry: FrozenRepository
  let files: [(path: [String], octets: [UInt8])]

  /// What is frozen of a reading.
  ///
  /// - Parameter answer: says what the source of the reading has, for the roots before the last one; they are taken from as early as
  ///   there are any without a gap and proved one by one, and left out where they prove nothing.
  /// - Throws: `FreezeError` where what was read is not whole.
  public init(
    _ reading: RepositoryReading, from source: MetadataSource?,
    answer: (MetadataRequest) -> MetadataUpdate.Answer
  ) throws(FreezeError) {
    guard let timestamp = reading.trusted.timestamp?.octets, let snapshot = reading.trusted.snapshot?.octets else {
      throw .metadata(MetadataError(.snapshot, .absent), reading.repository)
    }
    let current = TreeFiles(
      [PublishedDocument(.root, reading.update.rootOctets), .init(.snapshot, snapshot)]
        + reading.roles.map { .init($0.name, $0.document.octets) } + [.init(.timestamp, timestamp)]
    ).files
    let last = reading.trusted.root.head.version
    let former = Self.roots(before: last, answer)
    for chain in former.isEmpty ? [[]] : [former, []] {
      let files = chain.map { (path: ["\($0.version).root.json"], octets: $0.octets) } + current
      let listed = files.map { FrozenRepository.File($0.path.joined(separator: "/"), $0.octets) }
      let entry = FrozenRepository(reading, from: source, firstRoot: chain.first?.version ?? last, files: listed)
      guard chain.isEmpty || Self.proves(chain, reading) else { continue }
      (self.entry, self.files) = (entry, files)
      return
    }
    throw .metadata(MetadataError(.root, .absent), reading.repository)
  }

  /// The roots before a version, the earliest first, without a gap.
  private static func roots(
    before last: Int64, _ answer: (MetadataRequest) -> MetadataUpdate.Answer
  ) -> [(version: Int64, octets: [UInt8])] {
    let limits = MetadataLimits()
    var roots: [(version: Int64, octets: [UInt8])] = []
    var version = last - 1
    while version > 0, roots.count < limits.rotations - 1,
      case .octets(let octets) = answer(.root(version: version, limits))
    {
      roots.append((version, octets))
      version -= 1
    }
    return roots.reversed()
  }

  /// Whether these roots lead to the one that was read.
  private static func proves(_ chain: [(version: Int64, octets: [UInt8])], _ reading: RepositoryReading) -> Bool {
    guard let first = chain.first, (try? FirstRoot(first.octets, of: reading.repository, at: nil)) != nil else {
      return false
    }
    var roots = Dictionary(uniqueKeysWithValues: chain.map { ("\($0.version).root.json", $0.octets) })
    roots["\(reading.trusted.root.head.version).root.json"] = reading.update.rootOctets
    let kept = KeptMetadata(root: first.octets)
    let now = reading.trusted.now
    guard var update = try? MetadataUpdate(.notary, of: reading.repository, from: kept, at: now) else { return false }
    var step = update.start()
    while case .fetch(let request) = step, request.role == .root {
      step = update.take(roots[request.address].map { .octets($0) } ?? .absent)
    }
    return update.rootOctets == reading.update.rootOctets
  }
}
