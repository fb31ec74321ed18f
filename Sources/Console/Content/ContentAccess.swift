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
  public var read: @Sendable (_ repository: Repository, _ asks: Bool) throws -> (RepositoryReading, NotaryServer?)

  /// Ways; none is gone before it is needed.
  public init(
    folder: String, repositories: @escaping @Sendable () throws -> [Repository],
    keys: @escaping @Sendable () throws -> SigningKeySurvey,
    read: @escaping @Sendable (_ repository: Repository, _ asks: Bool) throws -> (RepositoryReading, NotaryServer?)
  ) {
    (self.folder, self.repositories, self.keys, self.read) = (folder, repositories, keys, read)
  }
}
