internal import CGPGME
internal import Glibc
public import TrustModel

/// Verifies data signatures once more, by gpg through GPGME over the data itself, against exactly the given certificates.
///
/// Slow (about 130 MB/s) and independent of the arithmetic here; the two should say the same. Weak hashes are refused
/// anywhere, in self-signatures too. gpg looks at nothing behind the first signature that is bad.
public struct SecondOpinion: Sendable {
  /// What gpg said of one signature.
  public struct Opinion: Sendable, Equatable {
    /// The outcome.
    public enum Status: String, Sendable {
      /// Verified, with the engine's own line of validity.
      case good
      /// Does not match the bytes.
      case bad
      /// By none of the certificates, or by one that gpg does not accept.
      case unknownKey = "unknown-key"
      /// By an expired key.
      case keyExpired = "key-expired"
      /// By a revoked key.
      case keyRevoked = "key-revoked"
      /// The signature has expired.
      case signatureExpired = "signature-expired"
      /// A weak hash.
      case weakHash = "weak-hash"
      /// A key that may not sign data.
      case wrongUsage = "wrong-usage"
      /// Dated before its key.
      case timeConflict = "time-conflict"
      /// Refused for another reason.
      case refused
      /// Not looked at.
      case missing
    }

    /// The outcome.
    public var status: Status
    /// The signing key or subkey, where gpg names it in full.
    public var fingerprint: Fingerprint?
    /// The primary key, of a valid signature.
    public var primaryFingerprint: Fingerprint?
  }

  private let gpgPath: String?
  private let temporaryDirectory: String?

  /// Places as for `CertificateJudge`.
  public init(gpgPath: String? = nil, temporaryDirectory: String? = nil) {
    (self.gpgPath, self.temporaryDirectory) = (gpgPath, temporaryDirectory)
  }

  /// What gpg says of `signatures`, in their order, over the file at descriptor `data`, read from its beginning.
  ///
  /// - Throws: `EngineError` where gpg fails, says more than was asked, or calls a signature good without proof of it.
  public func verify(
    _ signatures: [DetachedSignature], over data: CInt, by certificates: [Certificate], at now: Timestamp
  ) throws(EngineError) -> [Opinion] {
    guard !signatures.isEmpty else { return [] }
    let engine = try Engine(path: gpgPath)
    let home = try PrivateHome.make(
      .verifying, keyring: certificates.flatMap(\.octets), at: now, in: temporaryDirectory)
    guard lseek(data, 0, SEEK_SET) == 0 else { throw .failed(EngineError.systemText()) }
    try engine.prepare()
    let octets = signatures.flatMap(\.octets)
    // One more than asked for, so that more are noticed.
    var results = [keyreeve_gpgme_signature](
      repeating: keyreeve_gpgme_signature(), count: signatures.count + 1)
    var count = 0
    var error = keyreeve_gpgme_error()
    guard
      unsafe keyreeve_gpgme_verify(
        engine.path, home.path, octets, octets.count, data, engine.patience + Self.seconds(for: data), &results,
        results.count, &count,
        &error)
    else { throw .failed(Engine.text(error)) }
    guard count > 0, count <= signatures.count else { throw .countsDiffer(engine: count, reader: signatures.count) }
    var opinions: [Opinion] = []
    for result in results.prefix(count) { opinions.append(try Self.opinion(result)) }
    guard count == signatures.count || opinions.last?.status != .good else {
      throw .countsDiffer(engine: count, reader: signatures.count)
    }
    return opinions + Array(repeating: Opinion(status: .missing), count: signatures.count - count)
  }

  /// What a slow machine needs for reading: a second for every 10 MB of data.
  private static func seconds(for data: CInt) -> UInt32 {
    var status = stat()
    guard unsafe fstat(data, &status) == 0 else { return 0 }
    return UInt32(clamping: status.st_size / 10_000_000)
  }

  private static func opinion(_ result: keyreeve_gpgme_signature) throws(EngineError) -> Opinion {
    let name = unsafe withUnsafeBytes(of: result.fingerprint) { unsafe Engine.text($0) }
    let primary = unsafe withUnsafeBytes(of: result.primary_fingerprint) { unsafe Engine.text($0) }
    var opinion = Opinion(status: status(result.status), fingerprint: Fingerprint(typed: name))
    opinion.primaryFingerprint = Fingerprint(typed: primary)
    if opinion.status == .good, !result.validated || opinion.fingerprint == nil {
      throw .failed("a signature called good without proof")
    }
    return opinion
  }

  private static func status(_ status: keyreeve_gpgme_status) -> Opinion.Status {
    switch status {
    case keyreeve_gpgme_good: .good
    case keyreeve_gpgme_bad: .bad
    case keyreeve_gpgme_no_key: .unknownKey
    case keyreeve_gpgme_key_expired: .keyExpired
    case keyreeve_gpgme_key_revoked: .keyRevoked
    case keyreeve_gpgme_signature_expired: .signatureExpired
    case keyreeve_gpgme_weak_hash: .weakHash
    case keyreeve_gpgme_wrong_usage: .wrongUsage
    case keyreeve_gpgme_time_conflict: .timeConflict
    default: .refused
    }
  }
}
