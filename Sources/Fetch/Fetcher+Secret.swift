public import TrustModel

extension Fetcher {
  /// The whole body in memory that is wiped, for what is secret.
  ///
  /// - Throws: `FetchError`.
  public func secret(_ request: FetchRequest) throws(FetchError) -> SecretOctets {
    var failure: FetchError?
    let octets = unsafe SecretOctets(capacity: Int(clamping: request.limits.octets)) { room in
      var length = 0
      do throws(FetchError) {
        try unsafe fetch(
          request,
          onData: { piece in
            // The limit of the request is the room.
            let count = min(piece.count, room.count - length)
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[length..<(length + count)])
            unsafe rest.copyMemory(from: UnsafeRawBufferPointer(rebasing: piece[..<count]))
            length += count
          })
      } catch {
        failure = error
      }
      return length
    }
    if let failure { throw failure }
    return octets
  }
}
