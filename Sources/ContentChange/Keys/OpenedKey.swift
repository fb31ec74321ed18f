public import ContentSigning
public import ContentTrust
public import TrustModel

/// A private key that has been opened, and the passphrase that opened it.
public struct OpenedKey: Sendable {
  /// The key.
  public let key: PrivateSigningKey
  /// What opened it; nil where its file is not encrypted.
  public let passphrase: SecretOctets?

  /// How often a passphrase is asked for, whoever is asked.
  public static let attemptLimit = 8

  /// Opens the key of a block, asking until a passphrase fits or nobody gives one any more.
  ///
  /// - Parameter file: its name for messages.
  /// - Throws: `KeyringError.wrongPassphrase` after wrong ones, `locked` where nobody gave any, `unusable` for what no passphrase mends.
  public init(
    _ block: borrowing PEMKeyBlock, file: String, for request: KeyRequest, asking source: any PassphraseSource
  ) throws(KeyringError) {
    do throws(SigningKeyError) {
      (key, passphrase) = (try PrivateSigningKey(block), nil)
      return
    } catch .locked {
      // Asked for below.
    } catch {
      throw .unusable(file: file, error)
    }
    var origins: [String] = []
    for attempt in 1...Self.attemptLimit {
      guard let given = source.passphrase(for: request, attempt: attempt) else { break }
      do throws(SigningKeyError) {
        (key, passphrase) = (try PrivateSigningKey(block, passphrase: given), given)
        return
      } catch .wrongPassphrase {
        origins.append(source.origin(for: request, attempt: attempt) ?? "whoever was asked")
      } catch {
        throw .unusable(file: file, error)
      }
    }
    throw origins.isEmpty ? .locked(request, file: file) : .wrongPassphrase(request, file: file, from: origins)
  }
}
