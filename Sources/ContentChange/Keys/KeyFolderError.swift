public import ContentSigning
public import DurableFiles
public import SignedMetadata
public import TrustModel

/// Why the file of a signing key could not be written or removed: what was there before is there still.
public enum KeyFolderError: ReasonedError {
  /// A file of the key is there already.
  case exists(KeyID, file: String)
  /// The file is not what it was when it was looked at.
  case changed(file: String)
  /// The folder is somebody else's: its path and the number of its owner.
  case owner(String, UInt32)
  /// Others can write into the folder: its path and mode.
  case open(String, String)
  /// The key cannot be sealed.
  case sealing(SigningKeyError)
  /// The folder cannot be read.
  case reading(KeyringError)
  /// What was written does not open.
  case proof(KeyringError)
  /// The folder or the file cannot be written.
  case writing(WriteError)

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .exists: .declined
    case .changed, .sealing, .proof, .writing: .failed
    case .owner, .open: .unfit
    case .reading(let error): error.reason
    }
  }

  /// One sentence.
  public var description: String {
    switch self {
    case .exists(let id, let file): "key \(id) is here already, in \(VisibleText(file)): nothing is written over it"
    case .changed(let file): "\(VisibleText(file)) has been changed by somebody else meanwhile: nothing was done to it"
    case .owner(let path, let owner):
      "\(VisibleText(path)) belongs to user \(owner), who could not read what this user writes there: run it as that user"
    case .open(let path, let mode):
      "others can write into \(VisibleText(path)) (mode \(mode)): no key is put there; to mend it: "
        + ShellText.line(["chmod", "700", path])
    case .sealing(let error): "the key cannot be sealed: \(error)"
    case .reading(let error): error.description
    case .proof(let error): "what was written does not come back, and was removed: \(error)"
    case .writing(.permission(let path)): "\(VisibleText(path)) cannot be written by this user"
    case .writing(.symbolicLink(let path)):
      "\(VisibleText(path)) is a symbolic link, and nothing is written through one"
    case .writing(.exists(let path)): "\(VisibleText(path)) stands in the way"
    case .writing(.system(let path, let problem)): "\(VisibleText(path)): \(problem)"
    }
  }
}
