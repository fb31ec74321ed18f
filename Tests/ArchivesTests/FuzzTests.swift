import Archives
import TestSupport
import Testing

@Suite struct FuzzTests {
  private static let tar = TarMaker.image {
    $0.addRecords([("path", "rootfs/long"), ("size", "5")])
    $0.add("rootfs/a", body: "12345")
    $0.add("././@LongLink", "L", body: "rootfs/other\0")
    $0.add("rootfs/b", "2", link: "a")
    $0.add("rootfs/c", "1", link: "rootfs/long")
  }.ended

  /// Puts the right checksum into every header block, so that changes behind it are reached.
  private static func mend(_ bytes: inout [UInt8]) {
    for start in stride(from: 0, to: bytes.count - 511, by: 512) where bytes[start + 257] == UInt8(ascii: "u") {
      bytes.replaceSubrange(start + 148..<start + 156, with: [UInt8](repeating: 0x20, count: 8))
      let sum = bytes[start..<start + 512].reduce(0) { $0 + Int($1) }
      bytes.replaceSubrange(start + 148..<start + 156, with: Array((TarMaker.octal(sum, 6) + "\0 ").utf8))
    }
  }

  @Test("a changed archive is read or refused, the same way whether bodies are passed over or not")
  func plain() throws {
    var random = SeededRandom(1)
    var refused = 0
    for _ in 0..<1_500 {
      var bytes = Self.tar
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count - 1_024, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      Self.mend(&bytes)
      guard let sentence = refusal(bytes) else { continue }
      refused += 1
      #expect(!sentence.hasPrefix("not malformed"))
    }
    #expect((100...1_450).contains(refused))
  }

  @Test("a changed compressed image is refused", arguments: ["gzip", "bzip2", "xz"])
  func compressed(program: String) throws {
    var random = SeededRandom(2)
    let packed = try Scratch().filter([program, "-c"], Self.tar)
    for _ in 0..<200 {
      var bytes = packed
      // Behind what gzip keeps as time, system and name, which nothing depends on.
      let position = Int.random(in: 30..<bytes.count, using: &random)
      bytes[position] ^= UInt8.random(in: 1...255, using: &random)
      #expect(refusal(bytes) != nil, "octet \(position)")
    }
  }
}
