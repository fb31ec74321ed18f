internal import Fetch
internal import Glibc
internal import Registry
internal import TrustModel

/// Brings one blob into a repository: mounted where another one has it, else in pieces, going on after a cut where the registry
/// says how far it has come.
struct BlobUpload {
  private let client: RegistryClient
  private let chunk: UInt64?
  private let sources: [Repository]

  /// How often an upload is begun or gone on with.
  private static let attempts = 4

  init(_ client: RegistryClient, chunk: UInt64? = nil, sources: [Repository] = []) {
    (self.client, self.chunk, self.sources) = (client, chunk, sources)
  }

  /// Whether the repository has a blob.
  func isThere(_ blob: BlobDescriptor) throws(RegistryError) -> Bool {
    do {
      var request = FetchRequest(
        try client.place("blobs/\(blob.digest)"), limits: FetchLimits(octets: UploadAnswer.limit))
      request.isHeadOnly = true
      // Where it lies is not asked: that it is somewhere is enough.
      request.accepts = [200, 301, 302, 303, 307, 308, 401, 404]
      let status = try client.ask(request).head.status
      return status != 404
    } catch {
      throw RegistryError(any: error)
    }
  }

  /// Uploads it.
  ///
  /// - Parameter progress: is told how many octets more are there, or fewer.
  func run(_ blob: BlobDescriptor, _ piece: BlobPiece, progress: (Int64) -> Void) throws(RegistryError) {
    guard piece.count == blob.size else {
      throw RegistryError(.tampered, "\(blob.digest) is \(piece.count) octets long, and its manifest says \(blob.size)")
    }
    do {
      for source in sources {
        guard try !mount(blob, from: source) else { return progress(Int64(blob.size)) }
      }
      try upload(blob, piece, progress)
    } catch {
      throw RegistryError(any: error)
    }
  }

  // MARK: Requests

  /// Mounts a blob from another repository; false where that one does not have it.
  private func mount(_ blob: BlobDescriptor, from source: Repository) throws -> Bool {
    let path = source.parts.dropFirst().joined(separator: "/")
    let address = try client.place("blobs/uploads/?mount=\(blob.digest)&from=\(path)")
    let head = try send(SentPiece(.post, .octets([])), to: address, accepts: [201, 202], blob)
    guard head.status == 202, let location = try? place(head) else { return head.status == 201 }
    // An upload was begun in its place, which nobody goes on with.
    var request = FetchRequest(location, limits: FetchLimits(octets: UploadAnswer.limit))
    request.body = .deletion
    request.accepts = UploadAnswer.statuses.union([204])
    _ = try? client.ask(request)
    return false
  }

  private func upload(_ blob: BlobDescriptor, _ piece: BlobPiece, _ progress: (Int64) -> Void) throws {
    var (attempt, done, location): (Int, UInt64, Address?) = (0, 0, nil)
    while true {
      do {
        if location == nil { (location, done) = (try begin(blob), 0) }
        while let place = location, done < blob.size {
          let count = min(chunk ?? .max, blob.size - done)
          let next = SentPiece(
            .patch, .file(piece.file.descriptor, offset: piece.offset + done, count: count), at: done)
          location = try self.place(try send(next, to: place, accepts: [202, 204], blob))
          done += count
          progress(Int64(count))
        }
        guard let place = location else { continue }
        let end = try Address(place.description + (place.target.contains("?") ? "&" : "?") + "digest=\(blob.digest)")
        _ = try send(SentPiece(.put, .octets([])), to: end, accepts: [201, 204], blob)
        return
      } catch let error {
        let failure = RegistryError(any: error)
        attempt += 1
        guard failure.isPassing, attempt < Self.attempts else { throw failure }
        usleep(UInt32(100_000 << attempt))
        let (place, there) = location.flatMap { try? standing($0) } ?? (nil, 0)
        progress(Int64(there) - Int64(done))
        (location, done) = (place, there)
      }
    }
  }

  private func begin(_ blob: BlobDescriptor) throws -> Address {
    try place(
      try send(SentPiece(.post, .octets([])), to: client.place("blobs/uploads/"), accepts: [202], blob))
  }

  /// How far an upload has come, by the registry's own word, and where it goes on; nil where it has to begin anew.
  private func standing(_ location: Address) throws -> (Address, UInt64)? {
    var request = FetchRequest(location, limits: FetchLimits(octets: UploadAnswer.limit))
    request.accepts = UploadAnswer.statuses.union([204])
    let head = try client.ask(request).head
    guard head.status == 204, let next = try? place(head), let range = head.range else { return nil }
    let ends = range.replacingPrefix("bytes=").split(separator: "-")
    guard ends.count == 2, ends[0] == "0", let last = UInt64(ends[1]) else { return nil }
    // Nothing is said as 0-0 by some, which one octet is for others: beginning anew is right for both.
    return last == 0 ? nil : (next, last + 1)
  }

  private func send(
    _ piece: SentPiece, to address: Address, accepts: Set<Int>, _ blob: BlobDescriptor
  ) throws -> FetchHead {
    var request = FetchRequest(
      address,
      limits: FetchLimits(
        octets: UploadAnswer.limit, stall: 120, total: 24 * 60 * 60, minimumRate: 1, rateWindow: 600, redirects: 0))
    // The registry says where to go on, which may be elsewhere, but nowhere that nobody may be sent to.
    request.isDiscovered = true
    request.trustedHost = client.server.address.authority
    request.namedBy = client.server.address
    request.body = .piece(piece)
    request.accepts = UploadAnswer.statuses.union(accepts)
    let answer = try client.ask(request)
    try UploadAnswer.check(answer.head, answer.body, accepts, "\(client.repository)@\(blob.digest)")
    return answer.head
  }

  /// Where an upload goes on.
  private func place(_ head: FetchHead) throws -> Address {
    guard let location = head.location else {
      throw RegistryError(.failed, "\(head.address.authority) does not say where an upload goes on: tell who runs it")
    }
    let next = try head.address.resolving(location)
    guard next.scheme == .https || client.server.address.scheme == .http else {
      throw FetchError.downgrade(from: head.address, to: next)
    }
    return next
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String) -> Substring {
    hasPrefix(prefix) ? dropFirst(prefix.count) : self[...]
  }
}
