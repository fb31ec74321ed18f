/// What lies below `private` of a folder of content trust, by name and kind: nothing of it has been read.
public struct KeyFolderListing: Sendable {
  /// A file, a link or anything else that is no folder; or a folder itself.
  public struct Entry: Hashable, Sendable {
    /// Its path below the trust folder, by its parts: `private`, `ab….key`.
    public let parts: [String]
    /// What it is.
    public let status: FileStatus

    /// Its path below the trust folder.
    public var path: String { parts.joined(separator: "/") }
    /// Its own name.
    public var name: String { parts.last ?? "" }
  }

  /// What should hold keys: everything that is no folder, in the order of the paths' octets.
  public internal(set) var files: [Entry] = []
  /// The folders, `private` first.
  public internal(set) var folders: [Entry] = []
  /// What could not be looked at.
  public internal(set) var obstacles: [StoreError] = []
  /// Why the list ends early, in words; nil where it is whole.
  public internal(set) var cut: String?
}
