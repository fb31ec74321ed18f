package import Credentials
public import Fetch
package import TrustModel

/// The registry that keeps the images of repositories, by its address.
///
/// Source: OCI distribution specification; docker's `docker.io` is another host.
public struct RegistryServer: Sendable, Hashable, CustomStringConvertible {
  /// The name in references: `docker.io`, `example.com:5000`.
  public let name: String
  /// The origin.
  public let address: Address

  /// Where docker.io answers.
  static let dockerHost = "registry-1.docker.io"

  /// The registry of that name.
  ///
  /// - Parameter isInsecure: whether it is spoken to in the clear, which only configuration can say.
  /// - Throws: `AddressError` where that is no host.
  public init(_ name: String, isInsecure: Bool = false) throws(AddressError) {
    let host = name == Repository.dockerRegistry ? Self.dockerHost : name
    address = try Address("\(isInsecure ? "http" : "https")://\(host)")
    self.name = name
  }

  /// The address of something of a repository: `manifests/v1`.
  func address(_ repository: Repository, _ rest: String) throws(AddressError) -> Address {
    try Address("\(base)/v2/\(Self.path(of: repository))/\(rest)")
  }

  /// A repository without its registry.
  static func path(of repository: Repository) -> String { repository.parts.dropFirst().joined(separator: "/") }

  /// Scheme, host and port.
  var base: String { "\(address.scheme.rawValue)://\(address.authority)" }

  /// The repository as one that the registry may ask credentials for.
  package func guarding(_ repository: Repository) -> GuardedRepository {
    GuardedRepository(base, at: address, repository, kind: .registry)
  }

  /// Scheme, host and port.
  public var description: String { base }
}
