package import Fetch
internal import TrustModel

/// Meets what one server asks for before it shows a repository.
///
/// Nothing is shown before it is asked for. Where no credentials can be had, a token server is asked without any: what
/// everybody may see needs none. The source is asked once. Source: reference/docker-content-trust.md, section 4, "Auth".
package final class ServerAccess {
  private let server: GuardedRepository
  private let fetcher: Fetcher
  private let source: (any CredentialSource)?
  /// What is asked for beside the repository: `pull`, `push,pull` or `*`.
  private let actions: String
  /// Further scopes, such as the repositories that blobs are mounted from.
  private let further: [String]
  private lazy var found = Result { () throws(CredentialError) in
    try source?.credential(for: server.repository.registry)
  }

  /// What is shown with each request; nil before anything was asked for.
  package private(set) var header: SecretHeader?
  /// Whether that is a password, which a refusal says is wrong.
  private var isPassword = false

  /// The scopes of `further` are asked for beside that of the repository.
  package init(
    _ server: GuardedRepository, _ fetcher: Fetcher, _ source: (any CredentialSource)?, actions: String = "pull",
    further: [String] = []
  ) {
    (self.server, self.fetcher, self.source, self.actions, self.further) = (server, fetcher, source, actions, further)
  }

  /// What may be shown; nil where there is nothing, or it cannot be had.
  private var credential: Credential? { (try? found.get()).flatMap { $0 } }

  /// Nothing may be shown, and why not.
  private var missing: AccessError {
    if case .failure(let problem) = found { return .missing(server, problem) }
    return .missing(server, nil)
  }

  /// Shows from the beginning what another connection was asked for.
  package func begin(with header: SecretHeader?) { self.header = header }

  /// Gets what the server asks for in the `WWW-Authenticate` lines of its answer.
  ///
  /// Where it led elsewhere, nothing is shown to whomever that one names: it would get the password of the server's account.
  package func meet(_ head: FetchHead) throws {
    guard head.address.hasOrigin(of: server.address) else {
      throw AccessError.elsewhere(head.address.authority, server)
    }
    guard let challenge = Challenge(head.challenges) else { throw AccessError.challenge(server) }
    switch challenge {
    case .basic: try showPassword()
    case .bearer(let realm, let service): try showToken(realm, service)
    }
  }

  /// Why an answer says no after all, whoever gave it.
  package func refusal(of head: FetchHead) -> AccessError {
    head.address.hasOrigin(of: server.address) ? refusal : .elsewhere(head.address.authority, server)
  }

  /// Why the server refuses what was shown.
  package var refusal: AccessError {
    guard header != nil, let credential else { return missing }
    if isPassword { return .wrong(by: server.base, origin: credential.origin, server) }
    return .noAccess(origin: credential.origin, server)
  }

  private func showPassword() throws(AccessError) {
    guard let credential else { throw missing }
    guard let basic = credential.basic, let header = SecretHeader.authorization("Basic", basic) else {
      throw .onlyTokens(origin: credential.origin, server)
    }
    (self.header, isPassword) = (header, true)
  }

  private func showToken(_ realm: String, _ service: String?) throws {
    isPassword = false
    if let token = credential?.registryToken {
      header = SecretHeader.authorization("Bearer", token)
      return
    }
    let scopes = ["repository:\(server.scopeName):\(actions)"] + further
    do {
      let tokens = try TokenServer(realm, service: service, namedBy: server)
      header = SecretHeader.authorization("Bearer", try tokens.token(for: scopes, credential, fetcher))
    } catch FetchError.status(let status, let address) where [400, 401, 403].contains(status) {
      guard let credential else { throw missing }
      guard status != 403 else {
        throw AccessError.noAccess(origin: credential.origin, server)
      }
      throw AccessError.wrong(by: address.authority, origin: credential.origin, server)
    }
  }
}
