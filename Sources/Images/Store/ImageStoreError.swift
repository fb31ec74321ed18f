public import DurableFiles
public import TrustModel
public import TrustVerify

/// Why the image store could not be changed.
public enum ImageStoreError: ReasonedError {
  /// A file or directory could not be written.
  case write(WriteError)
  /// What is in the store cannot be used.
  case stored(StoredImageError)
  /// The store holds the same image as unverified, and stays so.
  case isUnverified(ImageID)
  /// Other images of the store stand on this one.
  case isNeeded(ImageID, by: [String])

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .write: .failed
    case .stored(let error): error.reason
    case .isUnverified, .isNeeded: .declined
    }
  }

  /// One sentence with what to do next.
  public var description: String {
    switch self {
    case .write(let error): "the image store: \(error)"
    case .stored(let error): "\(error)"
    case .isUnverified(let id):
      "the store holds this image as unverified, which no later verification changes; to have it as verified: keyreeve"
        + " image rm \(id.short), and fetch it again"
    case .isNeeded(let id, let names):
      "\(id.short) is needed by \(names.joined(separator: ", ")); remove these first, or use --force"
    }
  }
}
