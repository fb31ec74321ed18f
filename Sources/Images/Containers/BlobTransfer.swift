internal import DurableFiles
internal import Fetch
internal import Glibc
internal import Registry
internal import TrustModel

/// Brings one blob into the store: goes on where an earlier try ended, and begins anew where that was something else.
struct BlobTransfer {
  private let blob: BlobDescriptor
  private let writer: ContainerStoreWriter
  private let cancellation: Cancellation

  init(_ blob: BlobDescriptor, into writer: ContainerStoreWriter, cancellation: Cancellation) {
    (self.blob, self.writer, self.cancellation) = (blob, writer, cancellation)
  }

  /// Fetches it.
  ///
  /// - Parameter progress: is told how many octets more there are, or fewer.
  func run(_ client: RegistryClient, progress: (Int64) -> Void) throws(RegistryError) {
    do {
      guard let receiver = try place() else { return }
      progress(Int64(receiver.count))
      var mayRestart = receiver.count > 0
      while true {
        try receive(receiver, client, progress)
        do {
          return try receiver.finish(in: writer)
        } catch let error as RegistryError where error.reason != .failed {
          // What an earlier try has left may have been something else.
          guard mayRestart else {
            try receiver.discard()
            throw error
          }
          mayRestart = false
          progress(-Int64(receiver.count))
          try receiver.clear()
        }
      }
    } catch let error as WriteError {
      throw RegistryError(.failed, "the store of container images: \(error)")
    } catch {
      throw error as? RegistryError ?? RegistryError(.failed, "\(error)")
    }
  }

  /// Waits for another process that fetches the same; nil where that one has brought it.
  private func place() throws -> BlobReceiver? {
    while true {
      if writer.holds(blob) { return nil }
      if let receiver = try BlobReceiver(blob, in: writer) {
        guard writer.holds(blob) else { return receiver }
        try receiver.discard()
        return nil
      }
      guard !cancellation.isCancelled else { throw RegistryError(FetchError.cancelled) }
      usleep(50_000)
    }
  }

  /// Asks until all of it is there, or nothing more comes.
  private func receive(_ receiver: BlobReceiver, _ client: RegistryClient, _ progress: (Int64) -> Void) throws {
    var attempts = 0
    while receiver.count < blob.size || blob.size == 0 {
      let before = receiver.count
      do {
        try once(receiver, client, progress)
        return
      } catch let error as RegistryError {
        attempts = receiver.count > before ? 0 : attempts + 1
        guard error.isPassing, attempts < ContainerFetcher.attempts, !cancellation.isCancelled else { throw error }
        usleep(UInt32(200_000 << attempts))
      }
    }
  }

  private func once(_ receiver: BlobReceiver, _ client: RegistryClient, _ progress: (Int64) -> Void) throws {
    try unsafe client.blob(
      blob, from: receiver.count,
      onHead: { head in
        guard head.offset != receiver.count else { return }
        // The whole comes, though the rest was asked for.
        progress(-Int64(receiver.count))
        try receiver.clear()
      },
      onData: { piece in
        try unsafe receiver.take(piece)
        progress(Int64(piece.count))
      })
  }
}
