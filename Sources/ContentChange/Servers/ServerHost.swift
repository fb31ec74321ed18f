public import ContentSigning
public import ContentTrust
public import Credentials
public import Fetch
public import SignedMetadata
internal import Stores
internal import StrictJSON
public import TrustModel

/// A Notary server as the host of one repository, over one connection.
///
/// For one thread at a time. Source: reference/docker-content-trust.md, section 4.
public final class ServerHost: RepositoryHost {
  private let server: NotaryServer
  private let repository: Repository
  private let fetcher: Fetcher
  private let credentials: (any CredentialSource)?

  /// Octets of an error's body that are read.
  private static let answerLimit: UInt64 = 64 * 1024
  /// Octets of a key.
  private static let keyLimit: UInt64 = 256 * 1024

  /// A host that is asked through `fetcher`, and shown what `credentials` knows where it asks for it.
  public init(
    _ server: NotaryServer, for repository: Repository, with fetcher: Fetcher,
    credentials: (any CredentialSource)? = nil
  ) {
    (self.server, self.repository, self.fetcher, self.credentials) = (server, repository, fetcher, credentials)
  }

  /// The address.
  public var name: String { server.base }

  /// Posts the documents: the server takes all of them or none.
  public func publish(_ documents: [PublishedDocument]) throws(PublishingError) {
    let body = MultipartBody.encoded(documents)
    let answer = try ask("", limit: Self.answerLimit, body: body, actions: "push,pull")
    guard answer.status != 200 else { return }
    throw refusal(answer.status, answer.body)
  }

  /// Asks for the key of a role that the server signs.
  public func ownKey(of role: RoleName, isNew: Bool) throws(PublishingError) -> ListedKey {
    let body: SentBody? = isNew ? .document(SecretOctets(), type: "application/octet-stream") : nil
    let answer = try ask("\(role).key", limit: Self.keyLimit, body: body, actions: isNew ? "*" : "push,pull")
    guard answer.status == 200 else { throw refusal(answer.status, answer.body) }
    let tree = try? JSON.parse(answer.body)
    guard let key = tree.flatMap({ ListedKey(bare: $0) }) else {
      throw .refused(code: "KEY", "what it gives as the key of \(role) is no public key")
    }
    return key
  }

  /// Asks for the document of a role as it is now.
  public func heldVersion(of role: RoleName) throws(PublishingError) -> Int64? {
    let answer = try ask("\(role).json", limit: UInt64(TrustFolder.documentLimit), body: nil, actions: "pull")
    if answer.status == 404 { return nil }
    guard answer.status == 200 else { throw refusal(answer.status, answer.body) }
    return (try? JSON.parse(answer.body))?["signed"]?["version"]?.integer
  }

  /// Deletes the repository.
  public func deleteRepository() throws(PublishingError) {
    let answer = try ask("", limit: Self.answerLimit, body: .deletion, actions: "*")
    guard answer.status == 200 else { throw refusal(answer.status, answer.body) }
  }

  private func ask(
    _ place: String, limit: UInt64, body: SentBody?, actions: String
  ) throws(PublishingError) -> (status: Int, body: [UInt8]) {
    let access = ServerAccess(server.guarding(repository), fetcher, credentials, actions: actions)
    do {
      var request = FetchRequest(
        try Address(server.metadata(of: repository) + place), limits: FetchLimits(octets: limit, total: 600))
      request.accepts = [200, 400, 401, 403, 404, 500]
      request.body = body
      var answer = try fetcher.octets(request)
      if answer.head.status == 401 {
        try access.meet(answer.head)
        request.credentials = access.header.map { [$0] } ?? []
        answer = try fetcher.octets(request)
      }
      guard answer.head.status != 401, answer.head.status != 403 else { throw access.refusal }
      return (answer.head.status, answer.body)
    } catch let error as AccessError {
      throw .access("\(error)")
    } catch let error as FetchError {
      throw Self.failure(error, isSending: body != nil)
    } catch {
      throw .notSent("\(error)")
    }
  }

  /// What was never sent surely was not taken; of anything else only the server knows.
  private static func failure(_ error: FetchError, isSending: Bool) -> PublishingError {
    switch error {
    case .unreachable, .tls, .configuration, .insecure, .redirects, .engine, .privateAddress: .notSent("\(error)")
    default: isSending ? .uncertain("\(error)") : .notSent("\(error)")
    }
  }

  /// The server's own words; its error object says what is wrong.
  private func refusal(_ status: Int, _ body: [UInt8]) -> PublishingError {
    let error = (try? JSON.parse(body))?["errors"]?.array?.first
    guard let code = error?["code"]?.string?.text else {
      let words = "\(server.base) answers with status \(status)"
      // A proxy may have given up on a server that went on.
      return status >= 500 ? .uncertain(words) : .notSent(words)
    }
    let words = [error?["message"], error?["detail"]?["Error"]?["Msg"]].compactMap { $0?.string?.text }
    let text = words.joined(separator: " ")
    if code == "VERSION" || text.contains("old version") || text.contains("version number") { return .overtaken(text) }
    return .refused(code: code, text)
  }
}
