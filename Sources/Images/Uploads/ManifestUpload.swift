internal import Fetch
internal import Registry
internal import TrustModel

/// Stores a manifest or index in a repository.
struct ManifestUpload {
  private let client: RegistryClient

  init(_ client: RegistryClient) { self.client = client }

  /// Stores it under a tag or its digest.
  func put(_ document: ContainerDocument, as name: String) throws(RegistryError) {
    do {
      var request = FetchRequest(
        try client.place("manifests/\(name)"), limits: FetchLimits(octets: UploadAnswer.limit, total: 300))
      request.accepts = UploadAnswer.statuses.union([201])
      request.body = .piece(SentPiece(.put, .octets(document.octets), type: document.type.rawValue))
      let answer = try client.ask(request)
      try UploadAnswer.check(answer.head, answer.body, [201], "\(client.repository):\(name)")
    } catch {
      throw RegistryError(any: error)
    }
  }
}
