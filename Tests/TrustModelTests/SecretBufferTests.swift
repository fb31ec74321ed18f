import Testing
import TrustModel

/// Memory for what nobody else may see.
@Suite("Secret octets")
struct SecretBufferTests {
  struct NoMemory: Error {}

  @Test("They hold what was put in, up to their room and no further")
  func room() throws {
    guard var secret = SecretBuffer(capacity: 3) else { throw NoMemory() }
    let taken = [secret.append(1), secret.append(2)]
    secret.extend { free in
      #expect(free.count == 1)
      free[0] = 3
      // More than there is room for is not believed.
      return 7
    }
    let last = secret.append(4)
    #expect(taken == [true, true] && !last)
    let (count, copy, octets) = (
      secret.count, secret.withArray { Array($0.reversed()) }, secret.withUnsafeBytes { Array($0) }
    )
    #expect(count == 3 && copy == [3, 2, 1] && octets == [1, 2, 3])
  }

  @Test("An array made of them is wiped before its memory is given back")
  func wiped() throws {
    let size = 4_096
    guard var secret = SecretBuffer(capacity: size) else { throw NoMemory() }
    for _ in 0..<size { _ = secret.append(0xa5) }
    var address: UInt = 0
    secret.withArray { array in
      #expect(array.allSatisfy { $0 == 0xa5 })
      array.withUnsafeBytes { address = UInt(bitPattern: $0.baseAddress) }
    }
    // Whoever has that memory now, it is still mapped: what is left of the array would stand in it.
    let start = try #require(UnsafeRawPointer(bitPattern: address))
    #expect(UnsafeRawBufferPointer(start: start, count: size).count(where: { $0 == 0xa5 }) < size / 16)
  }
}
