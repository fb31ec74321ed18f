internal import Credentials
public import Fetch
internal import StrictJSON
public import TrustModel

/// Speaks with one registry about one repository over connections that are kept; for one thread at a time.
///
/// Asks without credentials first; shows what it has where the registry asks for it. Blobs may lie elsewhere: what is shown
/// goes to the registry alone. Source: OCI distribution specification, "Pull".
public final class RegistryClient {
  /// The registry.
  public let server: RegistryServer
  /// The repository.
  public let repository: Repository
  private let fetcher: Fetcher
  private let access: ServerAccess

  init(
    _ access: RegistryAccess, _ repository: Repository, _ fetcher: Fetcher, actions: String, further: [String]
  ) {
    (server, self.repository, self.fetcher) = (access.server, repository, fetcher)
    self.access = ServerAccess(
      access.server.guarding(repository), fetcher, access.credentials, actions: actions, further: further)
  }

  /// What another client is shown, so that it need not ask again.
  public var token: SecretHeader? {
    get { access.header }
    set { access.begin(with: newValue) }
  }

  // MARK: Pulling

  /// The manifest or index of a digest or a tag.
  ///
  /// - Parameters:
  ///   - size: its length, where that is known: another one is a refusal.
  ///   - type: the type that it must have, where an index says so.
  public func document(
    _ digest: ManifestDigest, size: UInt64? = nil, type: MediaType? = nil
  ) throws(RegistryError) -> ContainerDocument {
    let (octets, served) = try manifest(digest.description)
    let found = try ContainerDocument.digest(of: octets)
    guard found == digest else {
      throw RegistryError(
        .tampered, "\(server) gives another manifest for \(repository)@\(digest): its digest is \(found)")
    }
    if let size, UInt64(octets.count) != size {
      throw RegistryError(
        .tampered, "the manifest \(digest) is \(octets.count) octets long, and signed or listed with \(size)")
    }
    let document = try ContainerDocument(octets, claimed: served)
    if let type, document.type != type {
      throw .malformed("the index says that \(digest) is \(type.rawValue), and it is \(document.type.rawValue)")
    }
    return document
  }

  /// What a tag leads to now, which nobody vouches for.
  public func document(tag: DockerTag) throws(RegistryError) -> ContainerDocument {
    let (octets, served) = try manifest(tag.name)
    return try ContainerDocument(octets, claimed: served)
  }

  private func manifest(_ name: String) throws(RegistryError) -> (octets: [UInt8], type: String?) {
    do {
      var request = FetchRequest(
        try server.address(repository, "manifests/\(name)"),
        limits: FetchLimits(octets: UInt64(RegistryLimits.manifestOctets), total: 300))
      request.mediaTypes = MediaType.documents.map(\.rawValue)
      request.accepts = [200, 401]
      let (head, octets) = try ask(request)
      return (octets, head.contentType)
    } catch {
      throw missing(error, "\(repository):\(name)")
    }
  }

  /// A blob, streamed: it is checked by whoever takes it.
  ///
  /// - Parameter offset: octets that are there already.
  public func blob(
    _ blob: BlobDescriptor, from offset: UInt64, onHead: (FetchHead) throws -> Void,
    onData: (UnsafeRawBufferPointer) throws -> Void
  ) throws(RegistryError) {
    do {
      var request = FetchRequest(
        try server.address(repository, "blobs/\(blob.digest)"),
        limits: .image(octets: max(blob.size, RegistryLimits.errorOctets)))
      request.accepts = [200, 401]
      request.resume = ResumePoint(offsetOfDigested: offset)
      _ = try authorized(request) { request in
        var isRefused = false
        let head = try unsafe fetcher.fetch(
          request,
          onHead: { head in
            isRefused = head.status == 401
            if !isRefused { try onHead(head) }
          }, onData: { if !isRefused { try unsafe onData($0) } })
        return (head, ())
      }
    } catch {
      throw missing(error, "\(repository)@\(blob.digest)")
    }
  }

  // MARK: Requests

  /// The address of something of the repository: `blobs/uploads/`.
  package func place(_ rest: String) throws(AddressError) -> Address { try server.address(repository, rest) }

  /// Sends a request; where the registry asks who that is, once more with what it wants to see.
  package func ask(_ request: FetchRequest) throws -> (head: FetchHead, body: [UInt8]) {
    try authorized(request) { request in
      let (head, body) = try fetcher.octets(request)
      return (head, body)
    }
  }

  private func authorized<Value>(
    _ request: FetchRequest, _ send: (FetchRequest) throws -> (FetchHead, Value)
  ) throws -> (head: FetchHead, body: Value) {
    var request = request
    request.allowsHTTP = server.address.scheme == .http
    if request.address.hasOrigin(of: server.address) { request.credentials = access.header.map { [$0] } ?? [] }
    let (head, body) = try refused { try send(request) }
    guard head.status == 401 else { return (head, body) }
    guard request.address.hasOrigin(of: server.address), server.address.scheme == .https else { throw access.refusal }
    try access.meet(head)
    request.credentials = access.header.map { [$0] } ?? []
    let (next, answer) = try refused { try send(request) }
    guard next.status != 401 else { throw access.refusal(of: next) }
    return (next, answer)
  }

  private func refused<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch FetchError.status(403, let address) where address.hasOrigin(of: server.address) {
      throw access.refusal
    }
  }

  /// What is not there is said by its name.
  private func missing(_ error: any Error, _ name: String) -> RegistryError {
    if let error = error as? FetchError, error.isNotFound {
      return RegistryError(.notFound, "\(server) has no \(name)")
    }
    return RegistryError(any: error)
  }
}
