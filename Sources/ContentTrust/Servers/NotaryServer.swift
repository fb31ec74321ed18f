package import Credentials
public import Fetch
internal import SignedMetadata
package import TrustModel

/// A server of signed metadata by its base address.
///
/// Source: reference/docker-content-trust.md, section 4.
public struct NotaryServer: Sendable, Hashable, CustomStringConvertible {
  /// The base address, without a slash at its end.
  public let base: String
  /// The origin of the base address.
  public let address: Address

  /// Docker's own server.
  public static let docker = "https://notary.docker.io"

  /// A server at an https address.
  ///
  /// - Throws: `AddressError` for anything else.
  public init(_ text: String) throws(AddressError) {
    let address = try Address(text)
    guard address.scheme == .https else {
      throw .malformed(text, "a server of signed metadata is asked over https alone")
    }
    guard !text.contains("?") else { throw .malformed(text, "an address without a question mark must stand here") }
    var base = text
    while base.hasSuffix("/") { base.removeLast() }
    (self.base, self.address) = (base, address)
  }

  /// Where the metadata of a repository lies; ends with a slash.
  package func metadata(of repository: Repository) -> String { "\(base)/v2/\(repository.name)/_trust/tuf/" }

  /// The repository as one that the server may ask credentials for.
  package func guarding(_ repository: Repository) -> GuardedRepository {
    GuardedRepository(base, at: address, repository, kind: .metadata)
  }

  /// The address.
  public var description: String { base }
}
