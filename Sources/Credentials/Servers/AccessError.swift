internal import TrustModel

/// Why a server does not say anything to whoever asks: each cause with what helps against it.
package enum AccessError: Error, CustomStringConvertible {
  /// Nothing is known that could be shown; why not, where something should have been.
  case missing(GuardedRepository, CredentialError?)
  /// The password or token is wrong: who does not accept it, and where it is kept.
  case wrong(by: String, origin: String, GuardedRepository)
  /// Known, but without access to the repository.
  case noAccess(origin: String, GuardedRepository)
  /// A password is asked for, and there are only tokens.
  case onlyTokens(origin: String, GuardedRepository)
  /// What is asked for is neither a password nor a token.
  case challenge(GuardedRepository)
  /// The token server's address is none, or not https.
  case realm(GuardedRepository, String)
  /// The token server gave no token.
  case noToken(String)
  /// Somebody asks whom the server has only led to.
  case elsewhere(String, GuardedRepository)

  package var description: String {
    switch self {
    case .missing(let server, let problem):
      "\(server.base) does not let everybody see \(server.repository): \(Self.remedy(server, problem))"
    case .wrong(let place, let origin, let server):
      "\(VisibleText(place, limit: 200)) does not accept the password or token from \(VisibleText(origin)): "
        + "docker login \(server.repository.registry)\(server.isMetadata ? ", or NOTARY_AUTH," : "") with the right one"
    case .noAccess(let origin, let server):
      "\(server.base) does not let the account from \(VisibleText(origin)) see \(server.repository): ask who runs it for access"
    case .onlyTokens(let origin, let server):
      "\(server.base) asks for a password, and \(VisibleText(origin)) has only a token for \(server.repository.registry): "
        + (server.isMetadata ? "use NOTARY_AUTH" : "docker login \(server.repository.registry) with one")
    case .challenge(let server):
      "\(server.base) asks for what is neither a password nor a token: ask who runs it for another way"
        + (server.isMetadata ? ", or name another by --server" : "")
    case .realm(let server, let problem):
      "\(server.base) names a token server that cannot be asked: \(problem); tell who runs it"
    case .elsewhere(let place, let server):
      "\(VisibleText(place, limit: 200)), where \(server.base) led to, asks who that is, and what is for \(server.repository.registry) is not "
        + "shown there: tell who runs it"
    case .noToken(let realm): "\(VisibleText(realm, limit: 200)) gave no token: try again later, or tell who runs it"
    }
  }

  private static func remedy(_ server: GuardedRepository, _ problem: CredentialError?) -> String {
    let login = "docker login \(server.repository.registry)\(server.isMetadata ? ", or set NOTARY_AUTH" : "")"
    return problem.map { "\($0) (or else \(login))" } ?? login
  }
}

extension GuardedRepository {
  fileprivate var isMetadata: Bool { kind == .metadata }
}
