public import Fetch

/// Public keys as a server delivered them: nothing in them has been looked at.
public struct PublishedKeys: Sendable {
  /// The octets.
  public let octets: [UInt8]
  /// The address that was asked for.
  public let address: Address
  /// Where redirects led, in order.
  public let redirects: [Address]
  /// What a discovery page said about the address; nil where a person named it.
  public let endpoint: KeyEndpoint?

  /// Fetches the keys at an address that a person named.
  public static func fetch(
    _ address: Address, by fetcher: Fetcher, allowsHTTP: Bool = false,
    progress: (_ received: Int, _ total: UInt64?) -> Void = { _, _ in }
  ) throws(FetchError) -> PublishedKeys {
    try fetch(address, nil, trustedHost: nil, by: fetcher, allowsHTTP, progress)
  }

  /// Fetches the keys that a discovery page named; `target` is what was being discovered.
  public static func fetch(
    _ endpoint: KeyEndpoint, of target: DiscoveryTarget, by fetcher: Fetcher, allowsHTTP: Bool = false,
    progress: (_ received: Int, _ total: UInt64?) -> Void = { _, _ in }
  ) throws(FetchError) -> PublishedKeys {
    try fetch(endpoint.address, endpoint, trustedHost: target.authority, by: fetcher, allowsHTTP, progress)
  }

  private static func fetch(
    _ address: Address, _ endpoint: KeyEndpoint?, trustedHost: String?, by fetcher: Fetcher, _ allowsHTTP: Bool,
    _ progress: (_ received: Int, _ total: UInt64?) -> Void
  ) throws(FetchError) -> PublishedKeys {
    var request = FetchRequest(address, limits: .key)
    (request.allowsHTTP, request.isDiscovered, request.trustedHost) = (allowsHTTP, endpoint != nil, trustedHost)
    let answer = try fetcher.octets(request, progress: progress)
    return PublishedKeys(
      octets: answer.body, address: address, redirects: answer.head.redirects, endpoint: endpoint)
  }
}
