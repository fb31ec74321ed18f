internal import ContentTrust
internal import CryptoExtras
internal import FoundationEssentials
internal import SwiftASN1
internal import TrustModel

/// What a passphrase opens: a ciphertext, and how its key is derived.
struct SealedOctets {
  private let derivation: KeyDerivation
  private let salt: [UInt8]
  private let startingValue: [UInt8]
  private let ciphertext: [UInt8]
  private let words: String
  /// Octets of the cipher's key; nil for a cipher that is not known here.
  private let keySize: Int?

  /// What is sealed in the block of a file.
  init(
    _ block: borrowing PEMKeyBlock, _ form: SigningKeyFile.Form, _ derivation: KeyDerivation, _ cipher: String
  ) throws(SigningKeyError) {
    (self.derivation, words) = (derivation, "\(KeyProtection.passphrase(derivation, cipher: cipher))")
    keySize = ["aes-128-cbc": 16, "aes-192-cbc": 24, "aes-256-cbc": 32][cipher]
    guard form == .encryptedPKCS8 else {
      let digits = block.header("DEK-Info").flatMap { $0.split(separator: ",").last } ?? ""
      startingValue = Self.octets(digits)
      salt = startingValue
      ciphertext = unsafe block.body.withUnsafeBytes { unsafe Array($0) }
      return
    }
    let parts = block.body.withArray { try? EncryptedKeyParts(derEncoded: $0) }
    guard let parts else { throw .file(.structure) }
    (salt, startingValue, ciphertext) = (parts.salt, parts.startingValue, parts.ciphertext)
  }

  private static func octets(_ digits: Substring) -> [UInt8] {
    let values = digits.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return stride(from: 0, to: values.count - 1, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
  }

  /// Opens it.
  ///
  /// - Throws: `SigningKeyError.wrongPassphrase`, or `protection` for a way of sealing that is not known here.
  func open(_ passphrase: SecretOctets) throws(SigningKeyError) -> SecretBuffer {
    guard let keySize, startingValue.count == 16,
      let derived = try PassphraseKey(passphrase, salt: salt, derivation, size: keySize)
    else { throw .protection(words) }
    guard ciphertext.count.isMultiple(of: 16) else { throw .file(.structure) }
    var plain: Data
    do {
      let start = try AES._CBC.IV(ivBytes: startingValue)
      plain = try AES._CBC.decrypt(ciphertext, using: derived.key, iv: start)
    } catch {
      // Nothing but the padding can be wrong here.
      throw .wrongPassphrase
    }
    return try SecretBuffer(wiping: &plain)
  }
}
