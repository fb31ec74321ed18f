/// Knows what a person shows at a registry.
public protocol CredentialSource: Sendable {
  /// What is shown at a registry (`docker.io`, `example.com:5000`); nil where nothing is known.
  ///
  /// - Throws: `CredentialError` that says which file or program could not be used.
  func credential(for registry: String) throws(CredentialError) -> Credential?
}

/// Several sources, the first that knows something before the others.
public struct CredentialSources: CredentialSource {
  private let sources: [any CredentialSource]

  /// Sources in order.
  public init(_ sources: [any CredentialSource]) { self.sources = sources }

  /// What the first one says that knows something.
  public func credential(for registry: String) throws(CredentialError) -> Credential? {
    for source in sources {
      if let found = try source.credential(for: registry) { return found }
    }
    return nil
  }
}
