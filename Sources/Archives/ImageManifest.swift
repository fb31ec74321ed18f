public import StrictJSON
public import TrustModel

/// The manifest of an image: what it is called and how it wants to be run.
///
/// A value that exists keeps the rules of the appc image specification, "image manifest schema" (reference/rkt.md 5.2),
/// read strictly; fields that the specification does not have are left out.
public struct ImageManifest: Sendable, Equatable {
  /// A name and a value; names are unique in their list.
  public struct NamedText: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The value, any text without U+0000.
    public let value: String
  }

  /// An image whose files come below this one's.
  public struct Dependency: Sendable, Equatable {
    /// Its name.
    public let imageName: ImageName
    /// The SHA-512 of its uncompressed archive, `sha512-` and 128 lower-case hexadecimal digits.
    public let imageID: String?
    /// The labels it must have.
    public let labels: Labels
    /// Octets of its file.
    public let size: Int64?
  }

  /// Version of the specification that the image keeps, such as `0.8.11`.
  public let acVersion: String
  /// The image's own name, which the keys that vouch for it must be trusted for.
  public let name: ImageName
  /// Version, operating system, architecture and other labels.
  public let labels: Labels
  /// What its makers say of it.
  public let annotations: [NamedText]
  /// Images that it stands on, in order.
  public let dependencies: [Dependency]
  /// The only paths that remain visible; empty for all.
  public let pathWhitelist: [String]
  /// How to run it; nil for an image that only others stand on.
  public let app: App?

  /// How an image is run.
  public struct App: Sendable, Equatable {
    /// A program that runs before or after the image's own.
    public struct EventHandler: Sendable, Equatable {
      /// When: `pre-start` or `post-stop`, each at most once.
      public let name: String
      /// Program and arguments.
      public let exec: [String]
    }

    /// A place for data from outside.
    public struct MountPoint: Sendable, Equatable {
      /// What volumes refer to it by.
      public let name: String
      /// Where it is in the image, not empty.
      public let path: String
      /// Whether it is not to be written.
      public let isReadOnly: Bool
    }

    /// A port, or several in a row, that the program listens on.
    public struct Port: Sendable, Equatable {
      /// What others refer to it by.
      public let name: String
      /// Usually `tcp` or `udp`.
      public let `protocol`: String
      /// The first port, 1 to 65535.
      public let port: Int
      /// How many ports, 1 or more; the last is at most 65535.
      public let count: Int
      /// Whether the program expects an open socket instead.
      public let isSocketActivated: Bool
    }

    /// A wish to be confined; the value is whatever that kind of isolator takes.
    public struct Isolator: Sendable, Equatable {
      /// The kind, such as `resource/memory`.
      public let name: String
      /// Its value, unread.
      public let value: JSON
    }

    /// Program and arguments; may be empty.
    public let exec: [String]
    /// User name, number, or an absolute path whose owner is meant.
    public let user: String
    /// Group name, number, or an absolute path whose group is meant.
    public let group: String
    /// Further groups, by number.
    public let supplementaryGIDs: [UInt32]
    /// Programs around it.
    public let eventHandlers: [EventHandler]
    /// Where it starts, an absolute path; `/` if the manifest says nothing.
    public let workingDirectory: String
    /// Environment variables.
    public let environment: [NamedText]
    /// Places for data from outside.
    public let mountPoints: [MountPoint]
    /// Ports it listens on.
    public let ports: [Port]
    /// How it wants to be confined.
    public let isolators: [Isolator]
    /// Free text for people; names are any text.
    public let userAnnotations: [NamedText]
    /// Free labels for people; names are any text.
    public let userLabels: [NamedText]
  }
}
