public import Credentials
public import Fetch
public import TrustModel

/// How a registry is reached: its address, the settings, and what is shown to it.
public struct RegistryAccess: Sendable {
  /// The registry.
  public let server: RegistryServer
  /// How it is reached.
  public let settings: FetchSettings
  /// Who knows what is shown to it.
  public let credentials: (any CredentialSource)?

  /// A way to a registry.
  public init(_ server: RegistryServer, _ settings: FetchSettings, credentials: (any CredentialSource)? = nil) {
    (self.server, self.settings, self.credentials) = (server, settings, credentials)
  }

  /// A client for a repository, for one thread at a time.
  public func client(
    _ repository: Repository, actions: String = "pull", further: [String] = [], cancellation: Cancellation? = nil
  ) -> RegistryClient {
    RegistryClient(
      self, repository, Fetcher(settings, cancellation: cancellation), actions: actions, further: further)
  }
}
