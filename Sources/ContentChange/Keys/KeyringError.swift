public import ContentSigning
public import SignedMetadata
public import Stores
public import TrustModel

/// Why a signing key that is there cannot be used.
///
/// That it is not there is no error here but `missing` to whoever needs it: the two have different sentences, since a wrong
/// passphrase is mended by the right one, and a missing key by a backup. Nothing of a key or a passphrase is repeated.
public enum KeyringError: ReasonedError {
  /// No folder holds it: the key, and the folders.
  case missing(KeyID, folders: [String])
  /// None of the passphrases opens it: the file, and who gave them.
  case wrongPassphrase(KeyRequest, file: String, from: [String])
  /// It is encrypted, and nobody gave a passphrase.
  case locked(KeyRequest, file: String)
  /// The file holds no key that can be used.
  case unusable(file: String, SigningKeyError)
  /// The file is named for one key and holds another one.
  case otherKey(KeyID, file: String, holds: KeyID)
  /// Others may have changed or read the file: what is wrong, and the command that mends it.
  case permissions(file: String, String, fix: [String])
  /// No paper copy can be made of the key: it is open, or encrypted in an older way.
  case paper(KeyID, file: String)
  /// The folder was not looked through to its end, for this reason, so that the key may be there.
  case unseen(folder: String, String)
  /// The folder or the file cannot be read.
  case store(StoreError)

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .missing: .notFound
    case .wrongPassphrase, .locked, .paper: .declined
    case .unusable, .unseen, .store: .failed
    case .otherKey: .mismatch
    case .permissions: .unfit
    }
  }

  /// One sentence: the key, the rule, the file, and what to do next.
  public var description: String {
    switch self {
    case .missing(let id, let folders):
      "there is no key \(id) in \(folders.map { "\(VisibleText($0))/private" }.joined(separator: " or in ")): "
        + "keyreeve content key list shows the keys that are here, and keyreeve content key import FILE brings one"
    case .wrongPassphrase(let request, let file, let origins):
      "the passphrase is wrong for the \(request.words) in \(VisibleText(file)) (from \(Self.list(origins))): the key is here, "
        + "and another passphrase opens it"
    case .locked(let request, let file):
      "the \(request.words) in \(VisibleText(file)) is encrypted, and nobody gave its passphrase: run it on a terminal, or "
        + "set \(PassphraseVariables.names(for: request.role)[0]), or use --passphrase-fd"
    case .unusable(let file, let error): "\(VisibleText(file)) cannot be used: \(error)"
    case .otherKey(let id, let file, let other):
      "\(VisibleText(file)) is named for key \(id), and holds key \(other): it is not used; see keyreeve content key list"
    case .permissions(let file, let problem, let fix):
      "\(VisibleText(file)) is not used: \(problem); to mend it: \(ShellText.line(fix))"
    case .paper(let id, let file):
      "\(VisibleText(file)) has no passphrase, or an older form of encryption, which is not put on paper: give it one by "
        + ShellText.line(["keyreeve", "content", "key", "passwd", "\(id)"])
    case .unseen(let folder, let cut):
      "\(VisibleText(folder)) was not looked through to its end (\(cut)): the key may be there, or not"
    case .store(let error): "\(error)"
    }
  }

  private static func list(_ origins: [String]) -> String {
    var seen: [String] = []
    for origin in origins where !seen.contains(origin) { seen.append(origin) }
    return seen.joined(separator: ", then ")
  }
}

extension KeyRequest {
  /// The key in words: `root key 1a2b3c4`, `targets key 1a2b3c4 of example.com/app`.
  public var words: String {
    let name = id.map { " " + $0.description.prefix(7) } ?? ""
    let words = role.isEmpty ? "" : "\(VisibleText(role, limit: 80)) "
    return "\(words)key\(name)" + (repository.map { " of \(VisibleText($0, limit: 255))" } ?? "")
  }
}
