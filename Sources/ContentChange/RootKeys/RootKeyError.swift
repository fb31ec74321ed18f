public import ContentSigning
internal import TrustModel

/// Why a step towards a root key was not done.
public enum RootKeyError: Error, CustomStringConvertible {
  /// No key could be made.
  case making(SigningKeyError)
  /// A file could not be written or removed.
  case folder(KeyFolderError)
  /// The key that was made cannot be read.
  case keyring(KeyringError)
  /// The copy does not open.
  case copy(KeyImportError)
  /// The copy is that of another key.
  case otherKey(String)

  /// One sentence.
  public var description: String {
    switch self {
    case .making(let error): "no key was made: \(error)"
    case .folder(let error): "\(error)"
    case .keyring(let error): "\(error)"
    case .copy(let error): "the copy does not prove itself: \(error)"
    case .otherKey(let path): "\(VisibleText(path)) holds another key than the one that was made"
    }
  }
}
