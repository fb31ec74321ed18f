public import Fetch
public import TrustModel

/// Which server answers for a repository, and who says so.
public struct ServerRule: Sendable {
  /// One server for everything, by `--server`.
  public var named: String?
  /// Servers by registry in lower case, by configuration.
  public var byRegistry: [String: NotaryServer] = [:]
  /// The server of notary's own configuration, where its folder is the one that is worked with.
  public var notary: String?
  /// Docker's variable `DOCKER_CONTENT_TRUST_SERVER`; empty counts as none.
  public var docker: String?

  /// No rule: each registry is its own server, Docker's has one of its own.
  public init() {}

  /// The server of a repository.
  ///
  /// - Throws: `AddressError` where what is named is no https address.
  public func server(of repository: Repository) throws(AddressError) -> NotaryServer {
    if let named { return try NotaryServer(named) }
    if let server = byRegistry[repository.registry.lowercased()] { return server }
    if let notary { return try NotaryServer(notary) }
    if let docker, !docker.isEmpty { return try NotaryServer(docker) }
    guard repository.registry != Repository.dockerRegistry else { return try NotaryServer(NotaryServer.docker) }
    return try NotaryServer("https://" + repository.registry)
  }
}
