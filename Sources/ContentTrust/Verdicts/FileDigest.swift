internal import Crypto
internal import Glibc
public import SignedMetadata
internal import TrustModel

/// Both digests and the length of a file, read once and never held as a whole.
public struct FileDigest: Sendable {
  /// 32 octets.
  public let sha256: [UInt8]
  /// 64 octets.
  public let sha512: [UInt8]
  /// In octets.
  public let length: Int64

  /// Why a file could not be read.
  public struct Failure: Error, CustomStringConvertible {
    /// Whether it is not there.
    public let isAbsent: Bool
    /// File and cause.
    public let description: String

    init(_ path: String, _ number: CInt) {
      (isAbsent, description) = (number == ENOENT, "\(VisibleText(path)): \(String(cString: strerror(number)))")
    }

    init(isNoFile path: String) {
      isAbsent = false
      description =
        "\(VisibleText(path)) is no regular file; to compare what comes through a pipe, give - and lead it to standard input"
    }
  }

  /// Octets that are read at a time.
  private static let piece = 1 << 20

  /// Reads what is open; no further than one octet beyond `limit`.
  init(_ file: CInt, _ path: String, limit: Int64?) throws(Failure) {
    var (short, long) = (SHA256(), SHA512())
    var buffer = [UInt8](repeating: 0, count: Self.piece)
    var total: Int64 = 0
    while total <= limit ?? .max {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(path, errno) }
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

  /// Whether length and every listed digest are those of the file.
  public func matches(_ signed: ListedFile) -> Bool {
    signed.length.map { $0 == length } ?? true && signed.sha256.map { $0 == sha256 } ?? true
      && signed.sha512.map { $0 == sha512 } ?? true
  }
}
