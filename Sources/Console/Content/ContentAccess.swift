public import ContentTrust
public import TrustModel

/// How the console comes to repositories of content trust: by the same ways as the commands, with the same settings.
public struct ContentAccess: Sendable {
  /// The folder of docker or notary, as it is shown.
  public var folder: String
  /// The repositories of which anything is kept, by name.
  public var repositories: @Sendable () throws -> [Repository]
  /// The private keys of the folder.
  public var keys: @Sendable () throws -> SigningKeySurvey
  /// A repository as it was kept, or as its server says it is now; what is learned so is kept where that may be.
  ///
  /// Where nothing is kept of it and nothing is pinned, its first root is trusted only if it has the keys that were `agreed` to, by
  /// their `identity`; else `FirstUseOffer` is thrown, and nothing is kept.
  public var read: Read
  /// Whether what is learned is kept: else what is agreed to holds for one look alone.
  public var keeps = true

  /// A way to read a repository.
  public typealias Read =
    @Sendable (_ repository: Repository, _ asks: Bool, _ agreed: String?) throws -> (RepositoryReading, MetadataSource?)

  /// Ways; none is gone before it is needed.
  public init(
    folder: String, repositories: @escaping @Sendable () throws -> [Repository],
    keys: @escaping @Sendable () throws -> SigningKeySurvey, read: @escaping Read
  ) {
    (self.folder, self.repositories, self.keys, self.read) = (folder, repositories, keys, read)
  }
}
