import Glibc

/// Reads an archive from its octets as they come, in pieces of any size.
///
/// Bodies are passed over, but for the manifest's and the metadata's. The archive ends with two zero blocks, and
/// nothing but zeros may follow: readers that stop there would not see what others do.
struct TarScanner {
  private enum State {
    /// Collecting a header block.
    case header
    /// Collecting a body.
    case body(Purpose, left: Int, padding: Int)
    /// Passing over a body and its padding, or the padding of one that was collected.
    case passing(UInt64)
    /// Behind the first zero block; the number of zero octets so far.
    case end(UInt64)
  }

  private enum Purpose {
    case manifest
    case metadata(TarHeader.Kind)
  }

  private let limits: ArchiveLimits
  private var state = State.header
  private var collected: [UInt8] = []
  private var prelude = EntryPrelude()
  private var offset: UInt64 = 0
  private(set) var layout: ImageLayout
  private(set) var manifest: [UInt8] = []

  init(limits: ArchiveLimits) {
    self.limits = limits
    layout = ImageLayout(limits: limits)
  }

  /// How many of the next octets do not matter, so that a reader of a file may leave them out with `skip`.
  var skippable: UInt64 {
    if case .passing(let left) = state { left } else { 0 }
  }

  /// Goes on behind `count` octets, at most `skippable` of them.
  mutating func skip(_ count: UInt64) {
    guard case .passing(let left) = state else { return }
    offset += count
    state = count < left ? .passing(left - count) : .header
  }

  /// Reads the next octets.
  mutating func feed(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {
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
      case .body(let purpose, let left, let padding):
        let count = min(available, left)
        unsafe collect(piece[position..<position + count])
        position += count
        state = .body(purpose, left: left - count, padding: padding)
        if count == left { try body(purpose, padding: padding) }
      }
    }
  }

  /// Refuses an archive whose octets ended too early, or that lacks what every image has.
  func finish() throws(ArchiveError) {
    guard case .end(let zeros) = state, zeros >= UInt64(2 * TarHeader.length) else {
      throw .malformed("the archive is cut: it does not end with two zero blocks")
    }
    try layout.finish()
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
    default: try entry(TarEntry(header, prelude))
    }
  }

  private mutating func expectMetadata(_ header: TarHeader, limit: Int) throws(ArchiveError) {
    guard header.size <= UInt64(limit) else {
      throw .limit("an extended header of \(header.size) octets; \(limit) are allowed")
    }
    guard header.size > 0 else { throw .malformed("an extended tar header is empty") }
    expectBody(.metadata(header.kind), Int(header.size))
  }

  private mutating func entry(_ entry: TarEntry) throws(ArchiveError) {
    prelude = EntryPrelude()
    if try layout.admit(entry) {
      // Its size is within the limit, or it would not have been admitted.
      expectBody(.manifest, Int(entry.size))
    } else {
      let (whole, overflow) = entry.size.addingReportingOverflow(Self.padding(of: entry.size))
      guard !overflow, whole <= limits.uncompressed else {
        throw .limit("\(shown(entry.path)) is \(entry.size) octets long; \(limits.uncompressed) are allowed")
      }
      state = whole > 0 ? .passing(whole) : .header
    }
  }

  private mutating func expectBody(_ purpose: Purpose, _ size: Int) {
    if size == 0 {
      state = .header
    } else {
      state = .body(purpose, left: size, padding: Int(Self.padding(of: UInt64(size))))
    }
  }

  private mutating func body(_ purpose: Purpose, padding: Int) throws(ArchiveError) {
    let body = takeCollected()
    switch purpose {
    case .manifest: manifest = body
    case .metadata(let kind): try prelude.add(kind, body)
    }
    state = padding > 0 ? .passing(UInt64(padding)) : .header
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
