import CArchive

/// Inflates a layer of a container image as its octets come, whatever its size of pieces: gzip, zstd, or neither.
///
/// How it is compressed is told by its first octets alone, as every engine tells it. Its memory does not grow with the layer.
/// Source: reference/security.md, row A-07.
@safe public final class LayerInflater {
  /// How a layer is compressed.
  public enum Form: String, Sendable {
    /// A tar archive as it is.
    case none
    /// RFC 1952.
    case gzip
    /// RFC 8878.
    case zstd

    /// The form of what begins with these octets; four tell it.
    init(_ start: [UInt8]) {
      if start.starts(with: [0x1f, 0x8b]) {
        self = .gzip
      } else if start.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) {
        self = .zstd
      } else {
        self = .none
      }
    }
  }

  /// Octets inflated at a time.
  private static let step = 256 << 10

  private let limit: UInt64
  private let memory: UInt64
  private var start: [UInt8] = []
  private var inflater: OpaquePointer?
  private let output = Buffer(count: step)
  private var hasEnded = true
  /// How it is compressed; nil as long as too little has come.
  public private(set) var form: Form?
  /// Octets without compression so far.
  public private(set) var total: UInt64 = 0

  /// An inflater for a layer that may become at most `limit` octets long, with at most `memory` octets for its window.
  public init(limit: UInt64, memory: UInt64) { (self.limit, self.memory) = (limit, memory) }

  deinit { unsafe inflater.map { unsafe kr_inflater_close($0) } }

  /// Takes the next octets, and hands on what they inflate to.
  public func feed(
    _ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(ArchiveError) {
    guard form == nil else { return try unsafe pass(piece, body) }
    unsafe start.append(contentsOf: piece)
    if start.count >= 4 { try unsafe begin(body) }
  }

  /// Nothing more comes.
  ///
  /// - Throws: `ArchiveError` where the compressed data is not whole.
  public func finish(_ body: (UnsafeRawBufferPointer) -> Void) throws(ArchiveError) {
    if form == nil { try unsafe begin(body) }
    guard hasEnded else { throw .malformed("the layer's \(name) data ends too early") }
  }

  private var name: String { form?.rawValue ?? "" }

  private func begin(_ body: (UnsafeRawBufferPointer) -> Void) throws(ArchiveError) {
    let form = Form(start)
    self.form = form
    if form != .none {
      let format = form == .gzip ? KR_FORMAT_GZIP : KR_FORMAT_ZSTD
      unsafe inflater = kr_inflater_open(format, memory)
      guard unsafe inflater != nil else {
        throw .engine(
          kr_inflater_is_here(format) != 0
            ? "no memory to inflate a layer"
            : "a layer is compressed by zstd, and libzstd.so.1 cannot be loaded: install it (Debian: libzstd1)")
      }
      hasEnded = false
    }
    let octets = start
    start = []
    do {
      try unsafe octets.withUnsafeBytes { try unsafe pass($0, body) }
    } catch let error as ArchiveError {
      throw error
    } catch {
      throw .engine("\(error)")
    }
  }

  private func pass(
    _ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(ArchiveError) {
    guard let inflater = unsafe inflater else {
      try count(piece.count)
      return unsafe body(piece)
    }
    var rest = unsafe piece
    // What is full may hold more back.
    var isFull = false
    while rest.count > 0 || isFull {
      if hasEnded {
        guard rest.count > 0 else { return }
        let status = unsafe kr_inflater_restart(inflater)
        if status != KR_INFLATE_MORE { throw failure(status) }
        hasEnded = false
      }
      let step = unsafe kr_inflater_next(
        inflater, rest.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(output.start), rest.count,
        output.start, output.count, 0)
      try count(step.written)
      if step.written > 0 { unsafe body(UnsafeRawBufferPointer(rebasing: output.bytes[..<step.written])) }
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[step.read...])
      isFull = step.written == output.count
      switch step.status {
      case KR_INFLATE_END: hasEnded = true
      case KR_INFLATE_MORE where step.read > 0 || step.written > 0: break
      case KR_INFLATE_MORE where rest.count == 0: return
      default: throw failure(step.status)
      }
    }
  }

  private func count(_ written: Int) throws(ArchiveError) {
    total += UInt64(written)
    guard total <= limit else {
      throw .limit("the layer inflates to more than \(limit) octets, the limit for its size")
    }
  }

  private func failure(_ status: kr_inflate_status) -> ArchiveError {
    switch status {
    case KR_INFLATE_NO_MEMORY: .engine("no memory to inflate a layer")
    case KR_INFLATE_MEMORY_LIMIT: .limit("the layer's \(name) data needs more memory than is allowed")
    default: .malformed("the layer's \(name) data is damaged, or followed by data that is none")
    }
  }
}
