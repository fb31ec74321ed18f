import CArchive

/// The uncompressed octets of a file, handed over in order as they come, within the limits.
///
/// Every octet of the file belongs to the compressed stream or to further ones behind it: what the decompressor would
/// not read is refused, because readers differ in what they make of it.
@safe struct InflatedFile: ~Copyable {
  /// Octets read from the file at a time, and inflated at a time.
  private static let step = 256 << 10

  private let file: ArchiveFile
  private let compression: Compression
  private let sizeLimit: UInt64
  private let inflater: OpaquePointer
  private let input = Buffer(count: step)
  private let output = Buffer(count: step)
  private var offset: UInt64 = 0
  private var pending = 0..<0
  private var total: UInt64 = 0

  init(_ file: ArchiveFile, _ compression: Compression, limits: ArchiveLimits) throws(ArchiveError) {
    (self.file, self.compression) = (file, compression)
    sizeLimit = limits.expansion(of: file.size)
    let format: kr_format
    switch compression {
    case .none: throw .engine("a plain archive is not inflated")
    case .gzip: format = KR_FORMAT_GZIP
    case .bzip2: format = KR_FORMAT_BZIP2
    case .xz: format = KR_FORMAT_XZ
    }
    guard let opened = unsafe kr_inflater_open(format, limits.xzMemory) else {
      throw .engine("no memory to inflate the image")
    }
    unsafe inflater = opened
  }

  deinit {
    unsafe kr_inflater_close(inflater)
  }

  /// Inflates the whole file, each piece to `body`; returns the number of uncompressed octets.
  mutating func forEachPiece(
    _ body: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
  ) throws(ArchiveError) -> UInt64 {
    while true {
      try fill()
      let step = unsafe kr_inflater_next(
        inflater, input.start + pending.lowerBound, pending.count, output.start, output.count, isLast ? 1 : 0)
      pending = pending.lowerBound + step.read..<pending.upperBound
      try count(step.written)
      if step.written > 0 { try unsafe body(UnsafeRawBufferPointer(rebasing: output.bytes[..<step.written])) }
      if step.status == KR_INFLATE_END {
        if pending.isEmpty, isLast { return total }
        try restart()
      } else if step.status != KR_INFLATE_MORE {
        throw failure(step.status)
      } else if step.read == 0, step.written == 0, isLast {
        throw .malformed("the image's \(compression.rawValue) data ends too early")
      }
    }
  }

  /// Whether nothing comes after the input at hand.
  private var isLast: Bool { offset == file.size }

  private mutating func fill() throws(ArchiveError) {
    guard pending.isEmpty, !isLast else { return }
    let count = try unsafe file.read(at: offset, into: input.bytes)
    pending = 0..<count
    offset += UInt64(count)
  }

  private mutating func count(_ written: Int) throws(ArchiveError) {
    total += UInt64(written)
    guard total <= sizeLimit else {
      throw .limit("the image inflates to more than \(sizeLimit) octets, the limit for a file of \(file.size)")
    }
  }

  private func restart() throws(ArchiveError) {
    let status = unsafe kr_inflater_restart(inflater)
    if status != KR_INFLATE_MORE { throw failure(status) }
  }

  private func failure(_ status: kr_inflate_status) -> ArchiveError {
    let name = compression.rawValue
    switch status {
    case KR_INFLATE_NO_MEMORY: return .engine("no memory to inflate the image")
    case KR_INFLATE_MEMORY_LIMIT: return .limit("the image's \(name) data needs more memory than is allowed")
    case KR_INFLATE_UNSUPPORTED: return .malformed("the image's \(name) data uses a filter or check that is not known")
    default:
      return total > 0
        ? .malformed("the image's \(name) data is damaged, or followed by data that is none")
        : .malformed("the image's \(name) data is damaged")
    }
  }
}
