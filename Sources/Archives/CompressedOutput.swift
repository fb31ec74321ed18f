internal import CArchive

/// Compresses octets on their way out: the same octets always come out the same.
///
/// For one thread at a time. Memory does not grow with what passes.
@safe public final class CompressedOutput {
  /// Octets handed on at a time.
  private static let step = 256 << 10

  private let output: TarWriter.Output
  private let deflater: OpaquePointer?
  private let room = Buffer(count: step)
  private var gathered = 0

  /// An output with this compression: none, gzip or xz.
  ///
  /// - Throws: `ArchiveError.engine` for bzip2, which no image is written with, and where there is no memory.
  public init(_ compression: Compression, to output: @escaping TarWriter.Output) throws(ArchiveError) {
    unsafe self.output = output
    switch compression {
    case .none: unsafe deflater = nil
    case .gzip: unsafe deflater = kr_deflater_open(KR_FORMAT_GZIP)
    case .xz: unsafe deflater = kr_deflater_open(KR_FORMAT_XZ)
    case .bzip2: throw .engine("images are not written with bzip2: take gzip, xz or none")
    }
    guard unsafe compression == .none || deflater != nil else { throw .engine("no memory to compress the image") }
  }

  deinit { if let deflater = unsafe deflater { unsafe kr_deflater_close(deflater) } }

  /// Takes the next octets.
  public func write(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {
    guard unsafe deflater != nil else { return try unsafe gather(piece) }
    var rest = unsafe piece[...]
    while unsafe !rest.isEmpty {
      let read = try unsafe deflate(UnsafeRawBufferPointer(rebasing: rest), isLast: false).read
      unsafe rest = rest.dropFirst(read)
    }
  }

  /// Ends the stream.
  public func finish() throws(ArchiveError) {
    guard unsafe deflater != nil else { return try flush() }
    while try unsafe !deflate(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true).isEnd {}
  }

  /// Headers are small: what is not compressed goes on in large pieces all the same.
  private func gather(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {
    if gathered + piece.count > room.count { try flush() }
    guard piece.count <= room.count else { return try unsafe output(piece) }
    unsafe UnsafeMutableRawBufferPointer(rebasing: room.bytes[gathered...]).copyMemory(from: piece)
    gathered += piece.count
  }

  private func flush() throws(ArchiveError) {
    if gathered > 0 { try unsafe output(UnsafeRawBufferPointer(rebasing: room.bytes[..<gathered])) }
    gathered = 0
  }

  private func deflate(
    _ piece: UnsafeRawBufferPointer, isLast: Bool
  ) throws(ArchiveError) -> (read: Int, isEnd: Bool) {
    guard let deflater = unsafe deflater else { return (piece.count, true) }
    let input = unsafe piece.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let step = unsafe kr_deflater_next(deflater, input, piece.count, room.start, room.count, isLast ? 1 : 0)
    guard step.status != KR_DEFLATE_FAILED else { throw .engine("no memory to compress the image") }
    if step.written > 0 { try unsafe output(UnsafeRawBufferPointer(rebasing: room.bytes[..<step.written])) }
    return (step.read, step.status == KR_DEFLATE_END)
  }
}
