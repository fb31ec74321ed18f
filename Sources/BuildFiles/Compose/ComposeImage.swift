/// An image that a compose file names, itself or by a Dockerfile of it.
public struct ComposeImage: Sendable {
  /// The file that names it, relative to the folder of the compose file; nil for the compose file itself.
  public let file: String?
  /// The service that needs it.
  public let service: String
  /// Whether its place is one in a Dockerfile that stands inside of the compose file.
  public let isInline: Bool
  /// What is named.
  public let mention: ImageMention
}

/// Something that a compose file stands on and that was not looked at.
public struct ComposeGap: Sendable, Equatable {
  /// The file that names it; nil for the compose file itself.
  public let file: String?
  /// The line, from 1.
  public let line: Int
  /// What is named, and why it was not looked at.
  public let description: String
}
