public import Fetch
public import Stores
public import TrustModel

/// Which server or folder answers for a repository, and who says so.
public struct ServerRule: Sendable {
  /// The machine on which folders lie.
  public var sysroot = Sysroot.machine
  /// One server or folder for everything, by `--server`.
  public var named: String?
  /// Servers and folders by registry in lower case, by configuration.
  public var byRegistry: [String: MetadataSource] = [:]
  /// The server of notary's own configuration, where its folder is the one that is worked with.
  public var notary: String?
  /// Docker's variable `DOCKER_CONTENT_TRUST_SERVER`; empty counts as none.
  public var docker: String?

  /// No rule: each registry is its own server, Docker's has one of its own.
  public init() {}

  /// The server or folder of a repository.
  ///
  /// - Throws: `AddressError` where what is named is no address of either; docker's and notary's servers are https addresses alone.
  public func source(of repository: Repository) throws(AddressError) -> MetadataSource {
    if let named { return try MetadataSource(named, on: sysroot) }
    if let source = byRegistry[repository.registry.lowercased()] { return source }
    if let notary { return .server(try NotaryServer(notary)) }
    if let docker, !docker.isEmpty { return .server(try NotaryServer(docker)) }
    guard repository.registry != Repository.dockerRegistry else {
      return .server(try NotaryServer(NotaryServer.docker))
    }
    return .server(try NotaryServer("https://" + repository.registry))
  }
}
