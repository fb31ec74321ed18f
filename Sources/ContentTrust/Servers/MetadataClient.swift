public import Fetch
public import SignedMetadata
internal import StrictJSON
public import TrustModel

/// Asks one server for the documents of one repository, over one connection.
///
/// For one thread at a time.
public final class MetadataClient {
  private let server: NotaryServer
  private let repository: Repository
  private let fetcher: Fetcher
  private let credentials: (any CredentialSource)?
  private var authorization: SecretHeader?

  /// A client that asks through `fetcher`, and shows `credentials` where the server asks for them.
  public init(
    _ server: NotaryServer, for repository: Repository, with fetcher: Fetcher,
    credentials: (any CredentialSource)? = nil
  ) {
    (self.server, self.repository, self.fetcher, self.credentials) = (server, repository, fetcher, credentials)
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
    request.credentials = authorization.map { [$0] } ?? []
    guard let (head, body) = try fetched(request) else { return .absent }
    guard head.status == 401 else { return .octets(body) }
    guard mayAuthorize, let challenge = Challenge(head.challenges) else {
      throw Refused(server: server, repository: repository)
    }
    authorization = try authorize(challenge)
    return try ask(address, limit: limit, mayAuthorize: false)
  }

  /// The answer; nil where the server says that it has nothing there.
  private func fetched(_ request: FetchRequest) throws -> (FetchHead, [UInt8])? {
    do {
      return try fetcher.octets(request)
    } catch FetchError.status(404, _) {
      return nil
    }
  }

  /// Meets what the server asks for.
  private func authorize(_ challenge: Challenge) throws -> SecretHeader {
    let basic = try credentials?.basic(for: repository.registry)
    switch challenge {
    case .basic:
      guard let basic, let header = SecretHeader(name: "Authorization", value: Array("Basic ".utf8) + basic) else {
        throw Refused(server: server, repository: repository)
      }
      return header
    case .bearer(let realm, let service, let scope):
      return try token(realm, service, scope ?? "repository:\(repository.name):pull", basic)
    }
  }

  /// Octets of a token server's answer.
  static let tokenLimit: UInt64 = 64 * 1024

  private func token(_ realm: String, _ service: String?, _ scope: String, _ basic: [UInt8]?) throws -> SecretHeader {
    var query = "scope=" + RoleName(JSONString(scope)).percentEncoded
    if let service { query = "service=" + RoleName(JSONString(service)).percentEncoded + "&" + query }
    let address = try Address(realm + (realm.contains("?") ? "&" : "?") + query)
    var request = FetchRequest(address, limits: FetchLimits(octets: Self.tokenLimit))
    request.isDiscovered = true
    request.trustedHost = server.address.host
    if let basic, let header = SecretHeader(name: "Authorization", value: Array("Basic ".utf8) + basic) {
      request.credentials = [header]
    }
    do {
      let body = try fetcher.octets(request).body
      guard let token = SecretMember.value(of: ["token", "access_token"], in: body),
        let header = SecretHeader(name: "Authorization", value: Array("Bearer ".utf8) + token)
      else { throw NoToken(realm: realm) }
      return header
    } catch FetchError.status(401, _) {
      throw Refused(server: server, repository: repository)
    }
  }

  /// The server does not say anything to whoever asks like this.
  struct Refused: Error, CustomStringConvertible {
    let server: NotaryServer
    let repository: Repository

    var description: String {
      "\(server) does not let this user see \(repository): log in with docker login \(repository.registry), or set NOTARY_AUTH"
    }
  }

  /// A token server that gives none.
  struct NoToken: Error, CustomStringConvertible {
    let realm: String
    var description: String { "\(VisibleText(realm, limit: 200)) gave no token" }
  }
}
