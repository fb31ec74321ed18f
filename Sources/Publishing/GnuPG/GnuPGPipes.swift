internal import Glibc
internal import TrustModel

/// The pipe of gpg's status lines, which are few: they fit into it, and are read at the end.
final class StatusPipe {
  private let reading: CInt
  let writing: CInt

  init() throws(PublishingProblem) {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw PublishingProblem(.failed, "no pipe could be made for gpg") }
    (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // An agent that gpg started must not be waited for.
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// What was written so far.
  func octets() -> [UInt8] {
    var found: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe room.withUnsafeMutableBytes { unsafe read(reading, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return found }
      found += room[..<count]
    }
  }
}

/// A pipe that holds one passphrase and its end of line.
final class PassphrasePipe {
  let reading: CInt

  init(_ passphrase: SecretOctets) throws(PublishingProblem) {
    guard passphrase.count <= PublishingLimits.passphrase else {
      throw PublishingProblem(.usage, "the passphrase is longer than \(PublishingLimits.passphrase) octets")
    }
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw PublishingProblem(.failed, "no pipe could be made for gpg") }
    reading = ends[0]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // What is so short fits into a pipe at once.
    unsafe passphrase.withUnsafeBytes { _ = unsafe write(ends[1], $0.baseAddress, $0.count) }
    unsafe [UInt8(ascii: "\n")].withUnsafeBytes { _ = unsafe write(ends[1], $0.baseAddress, $0.count) }
    close(ends[1])
  }

  deinit { close(reading) }
}
