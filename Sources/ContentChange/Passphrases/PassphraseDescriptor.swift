internal import Glibc
internal import TrustModel

/// A descriptor that whoever started the program has put passphrases into, one line for each request, in the order of the requests.
public final class PassphraseDescriptor: PassphraseGiver {
  private let descriptor: CInt

  /// A descriptor by its number; nil where it is not open, or is one that the program writes to.
  public init?(_ number: Int) {
    guard number >= 0, number != 1, number != 2, let descriptor = CInt(exactly: number),
      fcntl(descriptor, F_GETFD) >= 0
    else { return nil }
    self.descriptor = descriptor
  }

  /// The next line without its end; nothing behind the last one.
  func passphrases(
    for request: KeyRequest, _ use: PassphraseUse, complain: (String) -> Void
  ) -> [GivenPassphrase] {
    var isWhole = true
    var hasLine = false
    let line = unsafe SecretOctets(capacity: GivenPassphrase.limit + 1) { room in
      var count = 0
      while unsafe read(into: room, at: min(count, GivenPassphrase.limit)) {
        hasLine = true
        if unsafe room[min(count, GivenPassphrase.limit)] == UInt8(ascii: "\n") { break }
        count += 1
      }
      isWhole = count <= GivenPassphrase.limit
      return isWhole ? count : 0
    }
    guard isWhole else {
      complain("a line of --passphrase-fd is longer than \(GivenPassphrase.limit) octets, and is not used")
      return []
    }
    guard hasLine else {
      complain("--passphrase-fd \(descriptor) has no line for the \(request.words)")
      return []
    }
    return [GivenPassphrase(octets: line, origin: "--passphrase-fd \(descriptor)")]
  }

  /// One octet, so that nothing of the next line is taken; false at the end.
  private func read(into room: UnsafeMutableRawBufferPointer, at index: Int) -> Bool {
    while true {
      let count = unsafe Glibc.read(descriptor, room.baseAddress?.advanced(by: index), 1)
      if count < 0, errno == EINTR { continue }
      return count == 1
    }
  }
}
