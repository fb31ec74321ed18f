internal import Archives
public import TrustModel

/// How an image that is built is compressed.
public enum ImageCompression: String, Sendable, CaseIterable {
  /// Not at all.
  case none
  /// As actool does.
  case gzip
  /// Smaller and slower; rkt needs the program xz to read it.
  case xz

  var archived: Compression {
    switch self {
    case .none: .none
    case .gzip: .gzip
    case .xz: .xz
    }
  }
}

/// What an image is built of, and how.
public struct ImageBuild: Sendable {
  /// The folder with `rootfs` and, unless it is named, `manifest`.
  public var folder: String
  /// The manifest's file; nil for the folder's own.
  public var manifest: String?
  /// The image's file.
  public var output: String
  /// How it is compressed.
  public var compression = ImageCompression.gzip
  /// Owner and group of every entry; nil for the files' own.
  public var owner: Owner?
  /// Whether devices are packed.
  public var packsDevices = false
  /// The time of every entry, in seconds since the epoch (`SOURCE_DATE_EPOCH`); nil for the files' own, as actool has it.
  public var time: Int64?
  /// Whether an image that is there is replaced.
  public var isReplacing = false

  /// Numbers of a user and a group.
  public struct Owner: Sendable, Equatable {
    /// The user's.
    public var user: UInt32
    /// The group's.
    public var group: UInt32

    /// Reads `0:0`; nil for anything else.
    public init?(_ text: String) {
      let halves = text.split(separator: ":", omittingEmptySubsequences: false)
      guard halves.count == 2, let user = UInt32(halves[0]), let group = UInt32(halves[1]) else { return nil }
      (self.user, self.group) = (user, group)
    }
  }

  /// A build.
  public init(_ folder: String, output: String) { (self.folder, self.output) = (folder, output) }
}

/// An image that was built, as the reader of images sees it.
public struct BuiltImage: Sendable {
  /// Its id.
  public let id: ImageID
  /// Its name.
  public let name: ImageName
  /// Its labels.
  public let labels: Labels
  /// How many entries it has, the manifest's among them.
  public let entries: Int
  /// Octets of the uncompressed archive.
  public let uncompressedSize: UInt64
  /// What a person should know of it.
  public let notes: [String]
}
