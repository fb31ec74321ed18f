internal import FoundationEssentials
internal import Glibc
internal import TrustModel

extension SecretBuffer {
  /// Takes over what the cryptography gave out in memory that is not locked, and wipes it there.
  init(wiping data: inout Data) throws(SigningKeyError) {
    defer {
      unsafe data.withUnsafeMutableBytes { octets in
        if let start = octets.baseAddress { unsafe explicit_bzero(start, octets.count) }
      }
    }
    guard var buffer = SecretBuffer(capacity: data.count) else { throw .memory }
    unsafe buffer.extend { room in
      unsafe data.withUnsafeBytes { unsafe room.copyMemory(from: $0) }
      return data.count
    }
    self = buffer
  }
}
