internal import Glibc
public import TrustModel

/// A passphrase from a descriptor that whoever started the program has put it into: one line.
public enum PassphraseLine {
  /// Reads the next line, without its end and nothing behind it.
  ///
  /// - Throws: `PublishingProblem` where there is none, or it is longer than the limit.
  public static func read(_ number: Int) throws(PublishingProblem) -> SecretOctets {
    guard number >= 0, number != 1, number != 2, let descriptor = CInt(exactly: number), fcntl(descriptor, F_GETFD) >= 0
    else { throw PublishingProblem(.usage, "--passphrase-fd \(number) is not open for reading") }
    let limit = PublishingLimits.passphrase
    var isWhole = true
    let line = unsafe SecretOctets(capacity: limit + 1) { room in
      var count = 0
      while unsafe readOctet(descriptor, into: room, at: min(count, limit)) {
        if unsafe room[min(count, limit)] == UInt8(ascii: "\n") { break }
        count += 1
      }
      isWhole = count <= limit
      return isWhole ? count : 0
    }
    guard isWhole else {
      throw PublishingProblem(.usage, "the line of --passphrase-fd \(number) is longer than \(limit) octets")
    }
    guard !line.isEmpty else {
      throw PublishingProblem(
        .declined, "--passphrase-fd \(number) has no passphrase: for a key without one, --no-passphrase")
    }
    return line
  }

  private static func readOctet(_ file: CInt, into room: UnsafeMutableRawBufferPointer, at index: Int) -> Bool {
    while true {
      let count = unsafe Glibc.read(file, room.baseAddress?.advanced(by: index), 1)
      if count < 0, errno == EINTR { continue }
      return count == 1
    }
  }
}
