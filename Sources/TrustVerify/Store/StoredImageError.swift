public import TrustModel

/// Why an image of the store cannot be shown.
public enum StoredImageError: ReasonedError {
  /// No image of the store is meant by the text.
  case notFound(String)
  /// Several images are meant: their ids.
  case ambiguous(String, [ImageID])
  /// The record of an image cannot be read, for this reason.
  case damaged(ImageID, String)
  /// The store cannot be read, for this reason.
  case unreadable(String)

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .notFound: .notFound
    case .ambiguous: .usage
    case .damaged, .unreadable: .failed
    }
  }

  /// One sentence with what to do next.
  public var description: String {
    switch self {
    case .notFound(let text):
      "the store holds no image '\(VisibleText(text, limit: 200))'; see: keyreeve image list"
    case .ambiguous(let text, let ids):
      "'\(VisibleText(text, limit: 200))' means more than one image: \(ids.map(\.description).joined(separator: ", "))"
    case .damaged(let id, let problem):
      "the record of \(id) in the store cannot be used: \(problem); remove the image and fetch it again: keyreeve image rm"
        + " \(id)"
    case .unreadable(let problem): "the image store cannot be read: \(problem)"
    }
  }
}
