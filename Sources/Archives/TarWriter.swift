/// Makes a tar archive: entries in, octets out through a closure.
///
/// Pure and deterministic: the same entries in the same order make the same octets, and `TarScanner` reads every
/// archive that it makes. Unless more is said of an entry, its owner is root, and it carries the time of the archive.
@safe public struct TarWriter {
  /// Takes the next octets.
  ///
  /// The memory is valid only during the call; what it throws ends the archive.
  public typealias Output = (UnsafeRawBufferPointer) throws(ArchiveError) -> Void

  private let modified: Int64
  private let output: Output
  private var left: UInt64 = 0
  private var padding: [UInt8] = []

  /// A writer whose entries were last changed at `modified`, in seconds since the epoch.
  public init(modified: Int64, to output: @escaping Output) {
    self.modified = modified
    unsafe self.output = output
  }

  /// Begins an entry, whose body follows by `write` in pieces of together `entry.size` octets.
  ///
  /// - Throws: `ArchiveError.malformed` for an entry that no archive can hold, `.engine` where the body before it is
  ///   not whole, and whatever the output throws.
  public mutating func begin(_ entry: TarEntry) throws(ArchiveError) {
    try begin(entry, TarAttributes(modified: modified))
  }

  /// Begins an entry that has an owner and a time of its own.
  public mutating func begin(_ entry: TarEntry, _ attributes: TarAttributes) throws(ArchiveError) {
    try requireWholeBody()
    try put(try entry.encoded(attributes))
    left = entry.size
    padding = TarEntry.padding(of: entry.size)
    if left == 0 { try endBody() }
  }

  /// Writes the next octets of the body.
  public mutating func write(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {
    guard UInt64(piece.count) <= left else { throw .engine("the body of an entry is longer than its header says") }
    guard piece.count > 0 else { return }
    try unsafe output(piece)
    left -= UInt64(piece.count)
    if left == 0 { try endBody() }
  }

  /// Writes an entry with its whole body.
  public mutating func add(_ entry: TarEntry, body: [UInt8] = []) throws(ArchiveError) {
    try add(entry, TarAttributes(modified: modified), body: body)
  }

  /// Writes an entry that has an owner and a time of its own, with its whole body.
  public mutating func add(_ entry: TarEntry, _ attributes: TarAttributes, body: [UInt8] = []) throws(ArchiveError) {
    guard UInt64(body.count) == entry.size else {
      throw .engine("the body of an entry is not as long as its header says")
    }
    try begin(entry, attributes)
    // Not through `write`, whose mutation may not happen within the closure.
    guard !body.isEmpty else { return }
    try put(body)
    left = 0
    try endBody()
  }

  /// Ends the archive with two zero blocks.
  public mutating func finish() throws(ArchiveError) {
    try requireWholeBody()
    try put([UInt8](repeating: 0, count: 2 * TarHeader.length))
  }

  private mutating func endBody() throws(ArchiveError) {
    try put(padding)
    padding = []
  }

  private func requireWholeBody() throws(ArchiveError) {
    guard left == 0 else { throw .engine("the body of an entry is shorter than its header says") }
  }

  private func put(_ octets: [UInt8]) throws(ArchiveError) {
    guard !octets.isEmpty else { return }
    try unsafe octets.withUnsafeBufferPointer { (buffer) throws(ArchiveError) in
      try unsafe output(UnsafeRawBufferPointer(buffer))
    }
  }
}
