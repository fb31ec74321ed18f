internal import Crypto
internal import Glibc
public import SignedMetadata
internal import TrustModel

/// Both digests and the length of a file, read once and never held as a whole.
public struct FileDigest: Sendable {
  private let sha256: [UInt8]
  private let sha512: [UInt8]
  private let length: Int64

  /// Why a file could not be read.
  public struct Failure: Error, CustomStringConvertible {
    /// Whether it is not there.
    public let isAbsent: Bool
    /// File and cause.
    public let description: String
  }

  /// Octets that are read at a time.
  private static let piece = 1 << 20

  /// Reads a file, or standard input for `-`; no further than one octet beyond `limit`.
  public init(of path: String, limit: Int64?) throws(Failure) {
    let file = path == "-" ? dup(0) : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw Self.failure(path) }
    defer { close(file) }
    var (short, long) = (SHA256(), SHA512())
    var buffer = [UInt8](repeating: 0, count: Self.piece)
    var total: Int64 = 0
    while total <= limit ?? .max {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure(path) }
      guard count > 0 else { break }
      total += Int64(count)
      buffer.withUnsafeBytes { bytes in
        let part = UnsafeRawBufferPointer(rebasing: bytes[..<count])
        short.update(bufferPointer: part)
        long.update(bufferPointer: part)
      }
    }
    (sha256, sha512, length) = (Array(short.finalize()), Array(long.finalize()), total)
  }

  private static func failure(_ path: String) -> Failure {
    let number = errno
    return Failure(
      isAbsent: number == ENOENT, description: "\(VisibleText(path)): \(String(cString: strerror(number)))")
  }

  /// Whether length and every listed digest are those of the file.
  public func matches(_ signed: ListedFile) -> Bool {
    signed.length.map { $0 == length } ?? true && signed.sha256.map { $0 == sha256 } ?? true
      && signed.sha512.map { $0 == sha512 } ?? true
  }
}
