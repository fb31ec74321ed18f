public import StrictJSON

extension JournalEntry {
  /// A change of a signing key of content trust, which no undo takes back: the log holds no key, and keeps none.
  public struct Lasting: Sendable, Equatable {
    /// The key, by the identifier that names its file.
    public let key: String
    /// Its role; nil where its file says none.
    public let role: String?
    /// The repository that it belongs to; nil for root keys and those of signers.
    public let repository: String?
    /// Its file, absolute, without the sysroot; nil where it has none here.
    public let file: String?
    /// How it is taken back all the same, as a clause.
    public let back: String

    /// A change.
    public init(key: String, role: String?, repository: String?, file: String?, back: String) {
      (self.key, self.role, self.repository, self.file, self.back) = (key, role, repository, file, back)
    }

    init?(_ tree: JSON) {
      guard let key = tree["key"]?.text, let back = tree["back"]?.text else { return nil }
      self.init(
        key: key, role: tree["role"]?.text, repository: tree["repository"]?.text, file: tree["file"]?.text, back: back)
    }

    /// The change as a member of a line of the log, and of a `keyreeve.log/1` document.
    public var document: JSON {
      [
        "key": JSON(key), "role": JSON(role), "repository": JSON(repository), "file": JSON(file), "back": JSON(back),
      ]
    }
  }
}
