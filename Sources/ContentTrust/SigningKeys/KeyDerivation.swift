/// How a passphrase becomes the key that a file is encrypted with.
///
/// Source: RFC 8018, section 5.2 and appendix A.2; RFC 7914, section 7.
public enum KeyDerivation: Hashable, Sendable {
  /// The function inside PBKDF2.
  public enum Hash: String, Hashable, Sendable {
    /// SHA-1: what the absence of the field means, and the only one that docker and notary compute.
    case sha1 = "hmac-sha1"
    /// SHA-224.
    case sha224 = "hmac-sha224"
    /// SHA-256: what openssl takes.
    case sha256 = "hmac-sha256"
    /// SHA-384.
    case sha384 = "hmac-sha384"
    /// SHA-512.
    case sha512 = "hmac-sha512"
  }

  /// PBKDF2 with its function, rounds and octets of salt.
  case pbkdf2(Hash, rounds: Int, salt: Int)
  /// scrypt with its cost, block size and parallelism.
  case scrypt(cost: Int, blockSize: Int, parallel: Int)
  /// MD5, once: the DEK-Info header of RFC 1421 as OpenSSL has it.
  case md5Once
  /// Another one, by its object identifier.
  case other(String)

  /// More rounds are computed by nobody who opens a file.
  ///
  /// Source: reference/security.md, row S-02.
  public static let roundLimit = 10_000_000

  /// How long guessing passphrases would take.
  public enum Strength: String, Hashable, Sendable {
    /// Passphrases are tried by the million in a second on one graphics card: the passphrase alone protects the file.
    case weak
    /// Above a hundred thousand rounds, below today's advice.
    case fair
    /// Today's advice or above.
    case strong
    /// Cannot be told.
    case unknown
  }

  /// How strong it is; rounds by the advice of OWASP's Password Storage Cheat Sheet.
  public var strength: Strength {
    switch self {
    case .pbkdf2(let hash, let rounds, let salt):
      let advised =
        switch hash {
        case .sha1, .sha224: 1_300_000
        case .sha256: 600_000
        case .sha384, .sha512: 210_000
        }
      if salt < 8 || rounds < 100_000 { return .weak }
      return rounds < advised ? .fair : .strong
    case .scrypt(let cost, let blockSize, _):
      let memory = cost.multipliedReportingOverflow(by: blockSize)
      if memory.overflow { return .unknown }
      return memory.partialValue < 16_384 * 8 ? .weak : memory.partialValue < 131_072 * 8 ? .fair : .strong
    case .md5Once: return .weak
    case .other: return .unknown
    }
  }
}

extension KeyDerivation: CustomStringConvertible {
  /// In words: `pbkdf2 hmac-sha1, 2048 rounds`.
  public var description: String {
    switch self {
    case .pbkdf2(let hash, let rounds, _): "pbkdf2 \(hash.rawValue), \(rounds) rounds"
    case .scrypt(let cost, let blockSize, let parallel): "scrypt N=\(cost) r=\(blockSize) p=\(parallel)"
    case .md5Once: "md5, 1 round"
    case .other(let identifier): "derivation \(identifier)"
    }
  }
}
