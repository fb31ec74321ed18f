import Glibc

/// Why an image archive could not be accepted.
public enum ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The archive or its manifest breaks the format. The sentence says what, names from the archive made visible.
  case malformed(String)
  /// Something in the archive is larger than its limit in `ArchiveLimits`.
  case limit(String)
  /// The file could not be read, so that nothing can be said of the image.
  case io(errno: Int32, doing: String)
  /// This program could not do its work (no memory), so that nothing can be said of the image.
  case engine(String)

  /// Whether the image itself is at fault (the verdict `malformed`), and not the reading of it.
  public var isMalformed: Bool {
    switch self {
    case .malformed, .limit: true
    case .io, .engine: false
    }
  }

  /// One sentence, safe to show.
  public var description: String {
    switch self {
    case .malformed(let what), .limit(let what), .engine(let what): what
    case .io(let code, let doing): "\(doing): \(Self.text(of: code))"
    }
  }

  private static func text(of code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
