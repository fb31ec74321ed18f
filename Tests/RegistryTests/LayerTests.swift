import TestSupport
import Testing
import TrustModel

@testable import Registry

/// Layers that are inflated on the way.
@Suite("Layers", .timeLimit(.minutes(3)))
struct LayerTests {
  private func check(_ octets: [UInt8], _ expected: [UInt8], piece: Int = 1000, size: UInt64? = nil) throws {
    let check = LayerCheck(
      try ManifestDigest(MadeContainer.digest(expected)), compressed: size ?? UInt64(octets.count))
    for start in stride(from: 0, to: octets.count, by: piece) {
      try octets[start..<min(octets.count, start + piece)].withUnsafeBytes { try check.take($0) }
    }
    try check.finish()
  }

  @Test("Every form, in pieces of every size", arguments: MadeContainer.Form.allCases, [1, 3, 1000, 1 << 20])
  func forms(_ form: MadeContainer.Form, _ piece: Int) throws {
    let plain = MadeContainer.tar(named: "x", MadeContainer.noise(20_000) + [UInt8](repeating: 7, count: 400_000))
    let octets = try MadeContainer.compressed(plain, form)
    try check(octets, plain, piece: piece)
    // Another content behind the same configuration is told.
    let error = try #require(throws: RegistryError.self) { try check(octets, plain + [0], piece: piece) }
    #expect(error.reason == .malformed && error.description.contains("configuration says"))
  }

  @Test("Several compressed streams are one layer; one that is cut or followed by anything else is none")
  func streams() throws {
    let (first, second) = (MadeContainer.noise(5000), MadeContainer.noise(7000))
    for form in [MadeContainer.Form.gzip, .zstd] {
      let (one, two) = (try MadeContainer.compressed(first, form), try MadeContainer.compressed(second, form))
      try check(one + two, first + second)
      #expect(throws: RegistryError.self) { try check(Array((one + two).dropLast()), first + second) }
      #expect(throws: RegistryError.self) { try check(one + [1, 2, 3], first) }
      #expect(throws: RegistryError.self) { try check(one.dropLast(8) + [0, 0, 0, 0, 0, 0, 0, 0], first) }
    }
    try check([], [])
    try check([0x1f], [0x1f])
  }

  @Test("A bomb is stopped at the limit for its size, and what just fits is taken")
  func bombs() throws {
    let floor = Int(RegistryLimits.expansionFloor)
    for form in [MadeContainer.Form.gzip, .zstd] {
      let fits = [UInt8](repeating: 0, count: floor)
      // So small that the floor counts.
      try check(try MadeContainer.compressed(fits, form), fits, size: 1)
      let error = try #require(throws: RegistryError.self) {
        try check(try MadeContainer.compressed(fits + [0], form), fits + [0], size: 1)
      }
      #expect(error.reason == .malformed && error.description.contains("inflates to more than \(floor)"))
    }
  }
}
