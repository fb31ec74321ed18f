internal import Crypto
public import TrustModel

/// The hashes of data that is read once, for any number of signatures over it and for the image id.
///
/// A hash that no signature counts with is not computed. The state stays open: each signature's digest is finished on a
/// copy, with that signature's own trailer (RFC 4880, section 5.2.4).
public struct DataDigest: Sendable {
  private var sha256: SHA256?
  private var sha384: SHA384?
  private var sha512: SHA512?
  private let hasImageID: Bool

  /// Begins over no data; `imageID` asks for SHA-512 whatever the signatures use.
  public init(_ hashes: Set<HashAlgorithm>, imageID: Bool = false) {
    sha256 = hashes.contains(.sha256) ? SHA256() : nil
    sha384 = hashes.contains(.sha384) ? SHA384() : nil
    sha512 = hashes.contains(.sha512) || imageID ? SHA512() : nil
    hasImageID = imageID
  }

  /// Takes the next octets of the data, where they lie.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    unsafe sha256?.update(bufferPointer: bytes)
    unsafe sha384?.update(bufferPointer: bytes)
    unsafe sha512?.update(bufferPointer: bytes)
  }

  /// Takes the next octets of the data.
  public mutating func update(_ octets: [UInt8]) {
    unsafe octets.withUnsafeBytes { unsafe update($0) }
  }

  /// SHA-512 over the data so far, 64 octets: the image id where the data is a plain tar.
  ///
  /// Nil unless it was asked for.
  public var imageID: [UInt8]? { hasImageID ? sha512.map { Array($0.finalize()) } : nil }

  /// Whether signatures with that hash can be checked over this data.
  public func covers(_ hash: HashAlgorithm) -> Bool {
    switch hash {
    case .sha256: sha256 != nil
    case .sha384: sha384 != nil
    case .sha512: sha512 != nil
    case .md5, .sha1, .ripemd160, .sha224, .unknown: false
    }
  }

  /// The digest over the data and `trailer`; nil for a hash that was not asked for.
  func finished(_ hash: HashAlgorithm, trailer: [UInt8]) -> SignedDigest? {
    switch hash {
    case .sha256: SignedDigest.sha256(sha256, trailer)
    case .sha384: SignedDigest.sha384(sha384, trailer)
    case .sha512: SignedDigest.sha512(sha512, trailer)
    case .md5, .sha1, .ripemd160, .sha224, .unknown: nil
    }
  }
}
