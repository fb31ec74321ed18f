import Glibc

/// Reads a tar archive from its octets as they come, in pieces of any size, and hands its entries to a consumer.
///
/// Bodies are passed over, but for the metadata's and those that the consumer wants. The archive ends with two zero
/// blocks, and nothing but zeros may follow: readers that stop there would not see what others do.
public struct TarScanner<Consumer: TarConsumer> {
  private enum State {
    /// Collecting a header block.
    case header
    /// Collecting the body of metadata.
    case metadata(TarHeader.Kind, left: Int, padding: Int)
    /// Handing over a body that is wanted.
    case body(left: UInt64, padding: UInt64)
    /// Passing over a body and its padding, or the padding of one that was collected.
    case passing(UInt64)
    /// Behind the first zero block; the number of zero octets so far.
    case end(UInt64)
  }

  private let limits: ArchiveLimits
  private var state = State.header
  private var collected: [UInt8] = []
  private var prelude = EntryPrelude()
  private var offset: UInt64 = 0
  /// What was made of the entries so far.
  public private(set) var consumer: Consumer

  /// A scanner at the beginning of an archive.
  public init(_ consumer: Consumer, limits: ArchiveLimits = ArchiveLimits()) {
    (self.consumer, self.limits) = (consumer, limits)
  }

  /// How many of the next octets do not matter, so that a reader of a file may leave them out with `skip`.
  public var skippable: UInt64 {
    if case .passing(let left) = state { left } else { 0 }
  }

  /// Goes on behind `count` octets, at most `skippable` of them.
  public mutating func skip(_ count: UInt64) {
    guard case .passing(let left) = state else { return }
    offset += count
    state = count < left ? .passing(left - count) : .header
  }

  /// Reads the next octets.
  public mutating func feed(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {
    var position = 0
    while position < piece.count {
      let available = piece.count - position
      switch state {
      case .passing(let left):
        let count = min(UInt64(available), left)
        skip(count)
        position += Int(count)
      case .end(let zeros):
        let rest = unsafe UnsafeRawBufferPointer(rebasing: piece[position...])
        if let data = unsafe firstNonZero(rest) { throw afterEnd(zeros + UInt64(data)) }
        state = .end(zeros + UInt64(available))
        position = piece.count
      case .header:
        let count = min(available, TarHeader.length - collected.count)
        unsafe collect(piece[position..<position + count])
        position += count
        if collected.count == TarHeader.length { try header() }
      case .metadata(let kind, let left, let padding):
        let count = min(available, left)
        unsafe collect(piece[position..<position + count])
        position += count
        state = .metadata(kind, left: left - count, padding: padding)
        if count == left { try metadata(kind, padding: padding) }
      case .body(let left, let padding):
        let count = Int(min(UInt64(available), left))
        try unsafe consumer.take(UnsafeRawBufferPointer(rebasing: piece[position..<position + count]))
        position += count
        offset += UInt64(count)
        state = .body(left: left - UInt64(count), padding: padding)
        if count == left { try endBody(padding: padding) }
      }
    }
  }

  /// Refuses an archive whose octets ended too early, or that lacks what the consumer asks for.
  public mutating func finish() throws(ArchiveError) {
    guard case .end(let zeros) = state, zeros >= UInt64(2 * TarHeader.length) else {
      throw .malformed("the archive is cut: it does not end with two zero blocks")
    }
    try consumer.finish()
  }

  private mutating func collect(_ piece: Slice<UnsafeRawBufferPointer>) {
    unsafe collected.append(contentsOf: piece)
    offset += UInt64(unsafe piece.count)
  }

  private mutating func takeCollected() -> [UInt8] {
    defer { collected = [] }
    return collected
  }

  private mutating func header() throws(ArchiveError) {
    let block = takeCollected()
    guard block.contains(where: { $0 != 0 }) else {
      guard prelude.isEmpty else { throw .malformed("the archive ends behind an extended header without its entry") }
      state = .end(UInt64(TarHeader.length))
      return
    }
    let header = try TarHeader(block, at: offset - UInt64(TarHeader.length))
    switch header.kind {
    case .extendedHeader: try expectMetadata(header, limit: limits.extendedHeader)
    case .longPath, .longLink: try expectMetadata(header, limit: limits.path + 1)
    case .entry(let kind): try entry(TarEntry(kind, header, prelude))
    }
  }

  private mutating func expectMetadata(_ header: TarHeader, limit: Int) throws(ArchiveError) {
    guard header.size <= UInt64(limit) else {
      throw .limit("an extended header of \(header.size) octets; \(limit) are allowed")
    }
    guard header.size > 0 else { throw .malformed("an extended tar header is empty") }
    state = .metadata(header.kind, left: Int(header.size), padding: Int(Self.padding(of: header.size)))
  }

  private mutating func entry(_ entry: TarEntry) throws(ArchiveError) {
    prelude = EntryPrelude()
    let isWanted = try consumer.admit(entry, bodyAt: offset)
    let padding = Self.padding(of: entry.size)
    let (whole, overflow) = entry.size.addingReportingOverflow(padding)
    guard !overflow, whole <= limits.uncompressed else {
      throw .limit("\(shown(entry.path)) is \(entry.size) octets long; \(limits.uncompressed) are allowed")
    }
    if !isWanted {
      state = whole > 0 ? .passing(whole) : .header
    } else if entry.size > 0 {
      state = .body(left: entry.size, padding: padding)
    } else {
      try endBody(padding: 0)
    }
  }

  private mutating func metadata(_ kind: TarHeader.Kind, padding: Int) throws(ArchiveError) {
    try prelude.add(kind, takeCollected())
    state = padding > 0 ? .passing(UInt64(padding)) : .header
  }

  private mutating func endBody(padding: UInt64) throws(ArchiveError) {
    try consumer.endBody()
    state = padding > 0 ? .passing(padding) : .header
  }

  private static func padding(of size: UInt64) -> UInt64 {
    (UInt64(TarHeader.length) - size % UInt64(TarHeader.length)) % UInt64(TarHeader.length)
  }

  private func afterEnd(_ zeros: UInt64) -> ArchiveError {
    zeros < UInt64(2 * TarHeader.length)
      ? .malformed("the archive goes on behind a single zero block")
      : .malformed("there is data behind the archive's end")
  }

  private func firstNonZero(_ piece: UnsafeRawBufferPointer) -> Int? {
    guard let base = piece.baseAddress, let first = unsafe piece.first else { return nil }
    // Comparing the piece with itself, one octet on, goes at the speed of memory, as gigabytes of zeros should.
    if first == 0, unsafe memcmp(base, base + 1, piece.count - 1) == 0 { return nil }
    return unsafe piece.firstIndex { $0 != 0 }
  }
}
