import TestSupport
import Testing
import TrustModel

@testable import Registry

/// Layers that are inflated on the way.
@Suite("Layers", .timeLimit(.minutes(3)))
struct LayerTests {
  /// Reads a layer that is said to become `expected`, and gives what it became.
  @discardableResult
  private func read(
    _ octets: [UInt8], _ expected: [UInt8], piece: Int = 1000, blob: [UInt8]? = nil, stopsAt: Int = .max
  ) throws -> [UInt8] {
    let blob = blob ?? octets
    let reader = LayerReader(
      BlobDescriptor(type: "", digest: try ManifestDigest(MadeContainer.digest(blob)), size: UInt64(blob.count)),
      uncompressed: try ManifestDigest(MadeContainer.digest(expected)))
    var archive: [UInt8] = []
    func take(_ octets: UnsafeRawBufferPointer) throws {
      archive += octets
      if archive.count >= stopsAt { throw Full() }
    }
    for start in stride(from: 0, to: octets.count, by: piece) {
      try octets[start..<min(octets.count, start + piece)].withUnsafeBytes { try reader.take($0, take) }
    }
    try reader.finish(take)
    return archive
  }

  private struct Full: Error {}

  @Test("Every form, in pieces of every size", arguments: MadeContainer.Form.allCases, [1, 3, 1000, 1 << 20])
  func forms(_ form: MadeContainer.Form, _ piece: Int) throws {
    let plain = MadeContainer.tar(named: "x", MadeContainer.noise(20_000) + [UInt8](repeating: 7, count: 400_000))
    let octets = try MadeContainer.compressed(plain, form)
    #expect(try read(octets, plain, piece: piece) == plain)
    // Another content behind the same configuration is told.
    let error = try #require(throws: RegistryError.self) { try read(octets, plain + [0], piece: piece) }
    #expect(error.reason == .malformed && error.description.contains("configuration says"))
  }

  @Test("Several compressed streams are one layer; one that is cut or followed by anything else is none")
  func streams() throws {
    let (first, second) = (MadeContainer.noise(5000), MadeContainer.noise(7000))
    for form in [MadeContainer.Form.gzip, .zstd] {
      let (one, two) = (try MadeContainer.compressed(first, form), try MadeContainer.compressed(second, form))
      try read(one + two, first + second)
      #expect(throws: RegistryError.self) { try read(Array((one + two).dropLast()), first + second) }
      #expect(throws: RegistryError.self) { try read(one + [1, 2, 3], first) }
      #expect(throws: RegistryError.self) { try read(one.dropLast(8) + [0, 0, 0, 0, 0, 0, 0, 0], first) }
    }
    try read([], [])
    try read([0x1f], [0x1f])
  }

  @Test("Octets that are not the blob's count before whatever else is wrong with them")
  func tampered() throws {
    let plain = MadeContainer.noise(300_000)
    let octets = try MadeContainer.compressed(plain, .gzip)
    for other in [octets.dropLast(), octets + [0], octets.map { $0 ^ 1 }, []] {
      let error = try #require(throws: RegistryError.self) { try read(Array(other), plain, blob: octets) }
      #expect(error.reason == .tampered, "\(error)")
    }
  }

  @Test("Who takes the archive and wants no more ends the reading at once")
  func refused() throws {
    let plain = MadeContainer.noise(300_000)
    #expect(throws: Full.self) {
      try read(try MadeContainer.compressed(plain, .zstd) + [1], plain, piece: 1 << 20, stopsAt: 1)
    }
  }

  @Test("A bomb is stopped at the limit for its size, and what just fits is taken")
  func bombs() throws {
    let (floor, ratio) = (RegistryLimits.expansionFloor, RegistryLimits.expansionRatio)
    #expect(RegistryLimits.expanded(floor / ratio) == floor)
    #expect(RegistryLimits.expanded(floor / ratio + 1) == (floor / ratio + 1) * ratio)
    #expect(RegistryLimits.expanded(.max) == RegistryLimits.layerOctets)
    // zstd makes so little of zeros that the floor counts.
    let fits = [UInt8](repeating: 0, count: Int(floor))
    let bomb = try MadeContainer.compressed(fits + [0], .zstd)
    try #require(UInt64(bomb.count) * ratio < floor)
    try read(try MadeContainer.compressed(fits, .zstd), fits)
    let error = try #require(throws: RegistryError.self) { try read(bomb, fits + [0]) }
    #expect(error.reason == .malformed && error.description.contains("inflates to more than \(floor)"))
  }
}
