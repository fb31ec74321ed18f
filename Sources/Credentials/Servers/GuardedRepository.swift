package import Fetch
package import TrustModel

/// A repository on a server that may ask for credentials before it shows it.
package struct GuardedRepository: Sendable {
  /// What runs there, which decides how a repository is named to its token server and what helps where access is refused.
  package enum Kind: Sendable {
    /// Signed metadata: the whole name, the registry's with it, is the token's scope.
    case metadata
    /// Images: the path alone is the scope.
    case registry
  }

  /// The base address, as it is shown.
  package let base: String
  /// Its origin.
  package let address: Address
  /// The repository.
  package let repository: Repository
  /// What runs there.
  package let kind: Kind

  /// A repository on the server at `address`.
  package init(_ base: String, at address: Address, _ repository: Repository, kind: Kind) {
    (self.base, self.address, self.repository, self.kind) = (base, address, repository, kind)
  }

  /// The repository as a token's scope names it.
  ///
  /// Source: docker's token scope documentation; reference/docker-content-trust.md, section 4, "Auth".
  package var scopeName: String {
    switch kind {
    case .metadata: repository.name
    case .registry: repository.parts.dropFirst().joined(separator: "/")
    }
  }
}
