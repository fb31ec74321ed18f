internal import Fetch
internal import TrustModel

/// Where tokens for a server come from.
///
/// Source: reference/docker-content-trust.md, section 4, "Auth"; docker's token authentication specification.
struct TokenServer {
  private let address: Address
  private let service: String?
  private let server: GuardedRepository

  /// Octets of an answer.
  static let answerLimit: UInt64 = 64 * 1024

  /// The token server at `realm`.
  ///
  /// - Throws: `AccessError.realm` for anything but https.
  init(_ realm: String, service: String?, namedBy server: GuardedRepository) throws(AccessError) {
    do throws(AddressError) {
      address = try Address(realm)
    } catch {
      throw .realm(server, "\(error)")
    }
    guard address.scheme == .https else {
      throw .realm(server, "\(address.authority) is not asked over https")
    }
    (self.service, self.server) = (service, server)
  }

  /// A token that lets whoever has the credential do what the scopes say; without one, what everybody may.
  ///
  /// - Throws: `FetchError`, `AccessError.noToken`.
  func token(for scopes: [String], _ credential: Credential?, _ fetcher: Fetcher) throws -> SecretOctets {
    let request = try credential?.identityToken.map { exchange($0, scopes) } ?? question(scopes, credential)
    guard let answer = SecretDocument(try fetcher.secret(request)), let token = answer.secret("token", "access_token")
    else { throw AccessError.noToken(address.authority) }
    return token
  }

  /// GET, with a name and a password or without.
  private func question(_ scopes: [String], _ credential: Credential?) throws(AddressError) -> FetchRequest {
    var fields: [(name: String, value: any Collection<UInt8>)] = []
    if let service { fields.append(("service", Array(service.utf8))) }
    for scope in scopes { fields.append(("scope", Array(scope.utf8))) }
    if credential?.basic != nil, let name = credential?.name { fields.append(("account", Array(name.utf8))) }
    // Nothing of it is secret.
    let query = String(decoding: FormBody.encoded(fields), as: UTF8.self)
    let separator = address.target.contains("?") ? "&" : "?"
    var request = self.request(try Address(address.description + separator + query))
    if let basic = credential?.basic, let header = SecretHeader.authorization("Basic", basic) {
      request.credentials = [header]
    }
    return request
  }

  /// POST of an identity token.
  private func exchange(_ token: SecretOctets, _ scopes: [String]) -> FetchRequest {
    var fields: [(name: String, value: any Collection<UInt8>)] = [("grant_type", Array("refresh_token".utf8))]
    if let service { fields.append(("service", Array(service.utf8))) }
    let scope = Array(scopes.joined(separator: " ").utf8)
    fields += [("client_id", Array("docker".utf8)), ("scope", scope), ("refresh_token", token)]
    var request = self.request(address)
    request.body = .form(FormBody.encoded(fields))
    return request
  }

  /// A server names the address, so it may not lead into a private network; but to another port of its own host.
  private func request(_ address: Address) -> FetchRequest {
    var request = FetchRequest(address, limits: FetchLimits(octets: Self.answerLimit, redirects: 0))
    request.isDiscovered = true
    request.namedBy = server.address
    request.trustedHost = address.host == server.address.host ? address.authority : server.address.authority
    return request
  }
}

extension SecretHeader {
  /// An `Authorization` line of a scheme.
  static func authorization(_ scheme: String, _ value: SecretOctets) -> SecretHeader? {
    SecretHeader(name: "Authorization", value: SecretOctets(Array((scheme + " ").utf8), value))
  }
}
