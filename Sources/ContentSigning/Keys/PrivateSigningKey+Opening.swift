public import ContentTrust
internal import CryptoExtras
internal import FoundationEssentials
internal import SwiftASN1
public import TrustModel

extension PrivateSigningKey {
  /// Opens the key of a file with its passphrase; one that is not encrypted needs none.
  ///
  /// Everything that docker, notary and openssl write is opened, but for DES: PBES2 with PBKDF2 or scrypt, and the DEK-Info header, both
  /// with AES. Takes as long as the file's key derivation says, up to some seconds.
  ///
  /// - Throws: `SigningKeyError`; `locked` without a passphrase, `wrongPassphrase` with another one.
  public init(_ block: borrowing PEMKeyBlock, passphrase: SecretOctets? = nil) throws(SigningKeyError) {
    let file: SigningKeyFile
    do throws(SigningKeyFileError) {
      file = try SigningKeyFile(block)
    } catch {
      throw .file(error)
    }
    guard case .passphrase(let derivation, let cipher) = file.protection else {
      try self.init(plain: block.body, file.plainForm)
      return
    }
    guard let passphrase else { throw .locked }
    let sealed = try SealedOctets(block, file.form, derivation, cipher)
    let opened = try sealed.open(passphrase)
    do throws(SigningKeyError) {
      try self.init(plain: opened, file.plainForm)
    } catch .file {
      // One wrong passphrase in 256 leaves a good padding behind, and nonsense before it.
      throw .wrongPassphrase
    }
  }
}

extension SigningKeyFile {
  /// The form of what is inside.
  var plainForm: PlainKeyParts.Form {
    switch form {
    case .pkcs8, .encryptedPKCS8: .pkcs8
    case .sec1: .sec1
    case .pkcs1: .pkcs1
    case .ed25519: .ed25519
    }
  }
}
