internal import ContentTrust
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import TrustModel

/// The key that a passphrase becomes, for the cipher of a key file.
struct PassphraseKey {
  let key: SymmetricKey

  /// Derives a key of `size` octets; nil where the derivation is not known here, or asks for more than anybody computes.
  ///
  /// Source: RFC 8018, section 5.2; RFC 7914, section 6.
  init?(
    _ passphrase: SecretOctets, salt: [UInt8], _ derivation: KeyDerivation, size: Int
  ) throws(SigningKeyError) {
    do {
      let derived = try unsafe passphrase.withUnsafeBytes { octets in
        try unsafe Self.derived(octets, salt, derivation, size)
      }
      guard let derived else { return nil }
      key = derived
    } catch {
      throw .cryptography("the passphrase cannot be used: \(error)")
    }
  }

  /// The largest memory that scrypt may ask for, in octets; nobody writes a file that needs more.
  static let memoryLimit = 1 << 30

  private static func derived(
    _ passphrase: UnsafeRawBufferPointer, _ salt: [UInt8], _ derivation: KeyDerivation, _ size: Int
  ) throws -> SymmetricKey? {
    switch derivation {
    case .pbkdf2(let hash, let rounds, _):
      guard rounds <= KeyDerivation.roundLimit else { return nil }
      return try unsafe KDF.Insecure.PBKDF2.deriveKey(
        from: passphrase, salt: salt, using: function(hash), outputByteCount: size, unsafeUncheckedRounds: rounds)
    case .scrypt(let cost, let blockSize, let parallel):
      // N blocks of 128 r octets.
      guard blockSize <= memoryLimit / 128, cost <= memoryLimit / (128 * blockSize), parallel <= 16 else { return nil }
      return try unsafe KDF.Scrypt.deriveKey(
        from: passphrase, salt: salt, outputByteCount: size, rounds: cost, blockSize: blockSize, parallelism: parallel)
    case .md5Once: return unsafe md5(passphrase, salt, size)
    case .other: return nil
    }
  }

  private static func function(_ hash: KeyDerivation.Hash) -> KDF.Insecure.PBKDF2.HashFunction {
    switch hash {
    case .sha1: .insecureSHA1
    case .sha224: .insecureSHA224
    case .sha256: .sha256
    case .sha384: .sha384
    case .sha512: .sha512
    }
  }

  /// OpenSSL's own derivation for the DEK-Info header: MD5 over what it gave before, the passphrase and the salt.
  private static func md5(_ passphrase: UnsafeRawBufferPointer, _ salt: [UInt8], _ size: Int) -> SymmetricKey {
    var (octets, last): ([UInt8], [UInt8]) = ([], [])
    while octets.count < size {
      var hash = Insecure.MD5()
      hash.update(data: last)
      unsafe hash.update(bufferPointer: passphrase)
      hash.update(data: salt.prefix(8))
      last = Array(hash.finalize())
      octets += last
    }
    defer {
      for index in octets.indices { octets[index] = 0 }
      for index in last.indices { last[index] = 0 }
    }
    return SymmetricKey(data: octets.prefix(size))
  }
}
