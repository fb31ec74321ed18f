public import SignedMetadata

/// What a reading of a repository has learned that is worth keeping: an `Advance`, and what it advances from.
public struct ContentLesson: Sendable {
  /// The repository, its folder, and the files that the reading began with.
  public let kept: KeptDocuments
  /// One document for each role, in the order in which they are to be placed: the root first, then what it leads to.
  public let documents: [(role: RoleName, octets: [UInt8])]
  /// The versions that were seen before, and those that are seen now.
  public private(set) var floors: (before: VersionFloors, after: VersionFloors)

  /// What a finished reading has learned.
  public init(_ reading: RepositoryReading, from kept: KeptDocuments, floors: VersionFloors) {
    self.init(reading.advance, from: kept, floors: floors, firstRoot: reading.firstRoot)
    // Only what was good at that moment says anything of the clock.
    if isNews { self.floors.after.seen = max(reading.trusted.now, floors.seen ?? reading.trusted.now) }
  }

  /// What was learned before a refusal, or by a reading that began with `firstRoot`.
  public init(_ advance: Advance, from kept: KeptDocuments, floors: VersionFloors, firstRoot: [UInt8]? = nil) {
    let all = (firstRoot.map { [(role: RoleName.root, octets: $0)] } ?? []) + advance.documents
    var last: [RoleName: Int] = [:]
    for (index, document) in all.enumerated() { last[document.role] = index }
    // Of several roots on the way only the last one is kept, as docker and notary do: before everything that it leads to.
    let order = all.enumerated().filter { last[$0.element.role] == $0.offset }.map(\.element)
    documents = order.filter { $0.role == .root } + order.filter { $0.role != .root }
    (self.kept, self.floors) = (kept, (floors, advance.floors))
  }

  /// Whether there is anything to keep.
  public var isNews: Bool { !documents.isEmpty || floors.before != floors.after }
}

/// What became of what a reading has learned.
public enum ContentKeeping: String, Sendable {
  /// It is kept.
  case stored
  /// There was nothing new.
  case unchanged
  /// It is not kept: an older state would not be noticed next time.
  case notStored = "not-stored"
}
