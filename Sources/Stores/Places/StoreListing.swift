internal import TrustModel

/// What a store holds, by name and kind; no file has been opened.
public struct StoreListing: Sendable {
  /// A file of a store.
  public struct File: Sendable {
    /// Where it lies.
    public let place: StorePlace
    /// What the file system says of it.
    public let status: FileStatus

    /// Whether it is a link to `/dev/null` that masks a key, and stands for an empty file.
    public var isLinkedMask: Bool { status.kind == .symbolicLink }
  }

  /// Something in the store's directory that is none of its files.
  public struct Omission: Hashable, Sendable {
    /// The path, absolute, without the sysroot, made visible.
    public let file: String
    /// Why.
    public let problem: String
    /// Whether it may be a private key, of which a backup must not be without a word.
    public let mayBeKey: Bool

    /// An omission; the path is made visible.
    public init(file: String, problem: String, mayBeKey: Bool = false) {
      (self.file, self.problem, self.mayBeKey) = (VisibleText(file).description, problem, mayBeKey)
    }
  }

  /// The files.
  public internal(set) var files: [File] = []
  /// What is left out, with the reason: links, special files, names that no file of the store has.
  public internal(set) var omissions: [Omission] = []

  mutating func omit(_ file: String, _ problem: String, mayBeKey: Bool = false) {
    omissions.append(Omission(file: file, problem: problem, mayBeKey: mayBeKey))
  }
}
