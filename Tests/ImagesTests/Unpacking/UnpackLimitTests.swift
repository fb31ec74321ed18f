import Archives
import Images
import Testing

@Suite("Limits of unpacking") struct UnpackLimitTests {
  /// Whether an archive is taken under these limits, where a refusal must be one for a limit.
  private func isTaken(
    _ change: (inout UnpackLimits) -> Void = { _ in }, _ fill: (inout MadeTar) -> Void
  ) throws -> Bool {
    var limits = UnpackLimits()
    change(&limits)
    let tree = try UnpackedTree(limits: limits)
    do throws(ArchiveError) {
      try tree.apply(.layer, fill)
      return true
    } catch {
      guard case .limit = error else { throw error }
      return false
    }
  }

  @Test(arguments: [4, 5]) func entries(_ count: Int) throws {
    #expect(
      try isTaken({ $0.entries = 4 }) { tar in for number in 0..<count { tar.add("f\(number)") } } == (count == 4))
  }

  @Test(arguments: [10, 11]) func octetsOfAllFiles(_ count: Int) throws {
    let isTaken = try isTaken({ $0.octets = 10 }) { tar in
      tar.add("a", "0", [1, 2, 3])
      tar.add("b", "0", [UInt8](repeating: 1, count: count - 3))
    }
    #expect(isTaken == (count == 10))
  }

  @Test(arguments: [128, 129]) func depth(_ count: Int) throws {
    let path = String(repeating: "d/", count: count) + "f"
    #expect(try isTaken { $0.add("p", records: [("path", Array(path.utf8))]) } == (count == 128))
  }

  @Test(arguments: [255, 256]) func name(_ count: Int) throws {
    let path = [UInt8](repeating: 0x61, count: count)
    #expect(try isTaken { $0.add("p", records: [("path", path)]) } == (count == 255))
  }

  @Test(arguments: [4096, 4097]) func path(_ count: Int) throws {
    let path = Array(String(repeating: String(repeating: "a", count: 63) + "/", count: 64).utf8.prefix(count - 1))
    #expect(
      try isTaken { $0.add("p", "5", records: [("path", path + Array(repeating: 0x61, count: count - path.count))]) }
        == (count == 4096))
  }

  @Test(arguments: [4095, 4097]) func linkTarget(_ count: Int) throws {
    // The system itself takes 4095 octets of a link at most.
    let target = [UInt8](repeating: 0x61, count: count)
    #expect(try isTaken { $0.add("l", "2", records: [("linkpath", target)]) } == (count == 4095))
  }

  @Test(arguments: [64, 65]) func attributes(_ count: Int) throws {
    let records = (0..<count).map { ("SCHILY.xattr.trusted.n\($0)", [UInt8(1)]) }
    #expect(try isTaken { $0.add("f", "0", [1], records: records) } == (count == 64))
  }

  @Test(arguments: [65_536, 65_537]) func attributeValue(_ count: Int) throws {
    let value = [UInt8](repeating: 1, count: count)
    #expect(try isTaken { $0.add("f", records: [("SCHILY.xattr.trusted.n", value)]) } == (count == 65_536))
  }
}
