/// What a look at a folder of private keys may cost.
public struct KeyFolderLimits: Sendable {
  /// Octets of one file.
  public var file = TrustFolder.keyLimit
  /// Octets of all files together.
  public var total: Int64 = 64 << 20
  /// How many files are looked at.
  public var files = 10_000
  /// How many folders are looked into.
  public var folders = 10_000
  /// How deep files may lie below `private`.
  public var depth = 32

  /// The usual limits.
  public init() {}
}
