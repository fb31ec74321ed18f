package import Credentials
package import TrustModel

/// Why a server does not say anything to whoever asks: each cause with what helps against it.
package enum AccessError: Error, CustomStringConvertible {
  /// Nothing is known that could be shown; why not, where something should have been.
  case missing(server: String, Repository, CredentialError?)
  /// The password or token is wrong: who does not accept it, and where it is kept.
  case wrong(by: String, origin: String, Repository)
  /// Known, but without access to the repository.
  case noAccess(server: String, origin: String, Repository)
  /// A password is asked for, and there are only tokens.
  case onlyTokens(server: String, origin: String, Repository)
  /// What is asked for is neither a password nor a token.
  case challenge(server: String)
  /// The token server's address is none, or not https.
  case realm(server: String, String)
  /// The token server gave no token.
  case noToken(String)

  package var description: String {
    switch self {
    case .missing(let server, let repository, let problem):
      "\(server) does not let everybody see \(repository): \(Self.remedy(repository, problem))"
    case .wrong(let server, let origin, let repository):
      "\(VisibleText(server, limit: 200)) does not accept the password or token from \(VisibleText(origin)): "
        + "docker login \(repository.registry), or NOTARY_AUTH, with the right one"
    case .noAccess(let server, let origin, let repository):
      "\(server) does not let the account from \(VisibleText(origin)) see \(repository): ask who runs it for access"
    case .onlyTokens(let server, let origin, let repository):
      "\(server) asks for a password, and \(VisibleText(origin)) has only a token for \(repository.registry): use "
        + "NOTARY_AUTH"
    case .challenge(let server):
      "\(server) asks for what is neither a password nor a token: ask who runs it for another way, or name another by --server"
    case .realm(let server, let problem):
      "\(server) names a token server that cannot be asked: \(problem); tell who runs it"
    case .noToken(let realm): "\(VisibleText(realm, limit: 200)) gave no token: try again later, or tell who runs it"
    }
  }

  private static func remedy(_ repository: Repository, _ problem: CredentialError?) -> String {
    let login = "docker login \(repository.registry), or set NOTARY_AUTH"
    return problem.map { "\($0) (or else \(login))" } ?? login
  }
}
