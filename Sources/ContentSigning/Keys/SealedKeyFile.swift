internal import ContentTrust
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
public import TrustModel

/// The text of a key file as docker and notary read it: one PEM block with its headers.
///
/// Source: reference/docker-content-trust.md, section 1.
public struct SealedKeyFile: Sendable {
  /// The text; secret where no passphrase protects it.
  public let text: SecretOctets

  /// Rounds of PBKDF2 in files that are written: docker and notary take the number from the file.
  public static let rounds = 600_000
  /// The fewest rounds that may be asked for: what docker and notary write.
  public static let fewestRounds = 2_048

  /// Seals a key.
  ///
  /// - Parameters:
  ///   - headers: names and values, without line ends; written sorted by name.
  ///   - passphrase: nil for a file that whoever reads it can use.
  ///   - rounds: of PBKDF2 with HMAC-SHA-1, which is the one that docker and notary compute; held between `fewestRounds` and
  ///     `KeyDerivation.roundLimit`.
  /// - Throws: `SigningKeyError.cryptography`.
  public init(
    _ key: PrivateSigningKey, headers: [(name: String, value: String)], passphrase: SecretOctets?,
    rounds: Int = SealedKeyFile.rounds
  ) throws(SigningKeyError) {
    let rounds = min(max(rounds, Self.fewestRounds), KeyDerivation.roundLimit)
    let sealed = try passphrase.map { passphrase throws(SigningKeyError) in
      SecretOctets(try Self.sealed(key.pkcs8, passphrase, rounds))
    }
    let label = sealed == nil ? "PRIVATE KEY" : "ENCRYPTED PRIVATE KEY"
    var head = "-----BEGIN \(label)-----\n"
    for header in headers.sorted(by: { $0.name < $1.name }) { head += "\(header.name): \(header.value)\n" }
    if !headers.isEmpty { head += "\n" }
    text = SecretOctets(
      Array(head.utf8), Self.lines(sealed ?? key.pkcs8), Array("-----END \(label)-----\n".utf8))
  }

  /// PBES2 with PBKDF2 and AES-256-CBC.
  private static func sealed(
    _ plain: SecretOctets, _ passphrase: SecretOctets, _ rounds: Int
  ) throws(SigningKeyError) -> [UInt8] {
    var random = SystemRandomNumberGenerator()
    let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    let start = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    let derivation = KeyDerivation.pbkdf2(.sha1, rounds: rounds, salt: salt.count)
    guard let derived = try PassphraseKey(passphrase, salt: salt, derivation, size: 32) else {
      throw .protection("\(derivation)")
    }
    let ciphertext: [UInt8]
    do {
      ciphertext = try unsafe plain.withUnsafeBytes { octets in
        Array(try unsafe AES._CBC.encrypt(octets, using: derived.key, iv: AES._CBC.IV(ivBytes: start)))
      }
    } catch {
      throw .cryptography("a key cannot be encrypted: \(error)")
    }
    return DEROctets.value(0x30, algorithm(salt, rounds, start) + DEROctets.value(0x04, ciphertext))
  }

  /// Source: RFC 8018, appendix A.4; the function inside PBKDF2 is left out, which means HMAC-SHA-1.
  private static func algorithm(_ salt: [UInt8], _ rounds: Int, _ start: [UInt8]) -> [UInt8] {
    let pbes2: [UInt8] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d]
    let pbkdf2: [UInt8] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c]
    let aes256: [UInt8] = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a]
    let number = [
      UInt8(rounds >> 24 & 0xff), UInt8(rounds >> 16 & 0xff), UInt8(rounds >> 8 & 0xff), UInt8(rounds & 0xff),
    ]
    let digits = Array(number.drop { $0 == 0 })
    let parameters = DEROctets.value(0x04, salt) + DEROctets.value(0x02, (digits[0] < 0x80 ? [] : [0]) + digits)
    let derivation = DEROctets.value(0x30, pbkdf2 + DEROctets.value(0x30, parameters))
    let cipher = DEROctets.value(0x30, aes256 + DEROctets.value(0x04, start))
    return DEROctets.value(0x30, pbes2 + DEROctets.value(0x30, derivation + cipher))
  }

  /// Base64 in lines of 64, in locked memory: without a passphrase the key itself stands in them.
  private static func lines(_ octets: SecretOctets) -> SecretOctets {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let count = (octets.count + 2) / 3 * 4
    return unsafe SecretOctets(capacity: count + (count + 63) / 64) { room in
      var position = 0
      for group in 0..<(count / 4) {
        let first = group * 3
        let left = octets.count - first
        let bits =
          UInt32(octets[first]) << 16 | (left > 1 ? UInt32(octets[first + 1]) << 8 : 0)
          | (left > 2 ? UInt32(octets[first + 2]) : 0)
        for place in 0..<4 {
          let digit = digits[Int(bits >> UInt32(18 - 6 * place) & 63)]
          unsafe room[position] = place <= left ? digit : UInt8(ascii: "=")
          position += 1
        }
        if group % 16 == 15 || group == count / 4 - 1 {
          unsafe room[position] = UInt8(ascii: "\n")
          position += 1
        }
      }
      return position
    }
  }
}
