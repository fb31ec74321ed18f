public import Credentials
public import Fetch
public import SignedMetadata
public import TrustModel

/// Asks one server for the documents of one repository, over one connection.
///
/// For one thread at a time.
public final class MetadataClient {
  private let server: NotaryServer
  private let repository: Repository
  private let fetcher: Fetcher
  private let access: ServerAccess

  /// A client that asks through `fetcher`, and shows what `credentials` knows where the server asks for it.
  public init(
    _ server: NotaryServer, for repository: Repository, with fetcher: Fetcher,
    credentials: (any CredentialSource)? = nil
  ) {
    (self.server, self.repository, self.fetcher) = (server, repository, fetcher)
    access = ServerAccess(server.guarding(repository), fetcher, credentials)
  }

  /// What the server says to a request: three different answers for what it has, what it has not, and anything else.
  public func answer(_ request: MetadataRequest) -> MetadataUpdate.Answer {
    do {
      let address = try Address(server.metadata(of: repository) + request.address)
      return try ask(address, limit: request.limit, mayAuthorize: true)
    } catch {
      return .unreachable("\(error)")
    }
  }

  private func ask(_ address: Address, limit: Int, mayAuthorize: Bool) throws -> MetadataUpdate.Answer {
    var request = FetchRequest(address, limits: FetchLimits(octets: UInt64(limit), total: 300))
    request.accepts = [200, 401]
    request.credentials = access.header.map { [$0] } ?? []
    let answer: (FetchHead, [UInt8])?
    do {
      answer = try fetched(request)
    } catch FetchError.tooLarge {
      return .longer(than: limit)
    }
    guard let (head, body) = answer else { return .absent }
    guard head.status == 401 else {
      if let page = ForeignPage(head, body) { return .unreachable("\(page)") }
      return .octets(body)
    }
    guard mayAuthorize else { throw access.refusal }
    // A token may have expired since the last request: each one may get another.
    try access.meet(head)
    return try ask(address, limit: limit, mayAuthorize: false)
  }

  /// The answer; nil where the server says that it has nothing there.
  private func fetched(_ request: FetchRequest) throws -> (FetchHead, [UInt8])? {
    do {
      return try fetcher.octets(request)
    } catch FetchError.status(404, _) {
      return nil
    } catch FetchError.status(403, _) {
      throw access.refusal
    }
  }
}
