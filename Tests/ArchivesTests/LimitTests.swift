import Archives
import Testing

/// Every limit: what is at it passes, one more does not.
@Suite struct LimitTests {
  private static func limits(_ set: (inout ArchiveLimits) -> Void) -> ArchiveLimits {
    var limits = ArchiveLimits()
    set(&limits)
    return limits
  }

  private static func manifest(length: Int) -> String {
    TarMaker.manifest + String(repeating: " ", count: length - TarMaker.manifest.utf8.count)
  }

  @Test("the manifest may have 1 MiB")
  func manifest() throws {
    func image(_ length: Int) -> [UInt8] {
      var tar = TarMaker()
      tar.add("rootfs", "5")
      tar.add("manifest", body: Self.manifest(length: length))
      return tar.ended
    }
    #expect(try readImage(image(1 << 20)).manifestBytes.count == 1 << 20)
    #expect(refusal(image(1 << 20 + 1)) == "the manifest is 1048577 octets long; 1048576 are allowed")
    #expect(throws: ArchiveError.limit("the manifest is 1048577 octets long; 1048576 are allowed")) {
      try ImageManifest.parse(Array(Self.manifest(length: 1 << 20 + 1).utf8))
    }
  }

  @Test("entries are counted, and so are directories that are only named in paths")
  func entries() throws {
    let tar = TarMaker.image { $0.add("rootfs/a/b/c") }
    #expect(try readImage(tar.ended, limits: Self.limits { $0.entries = 5 }).entryCount == 3)
    #expect(refusal(tar.ended, limits: Self.limits { $0.entries = 4 }) == "the image has more than 4 entries")
  }

  @Test("the whole archive is bounded, plain and compressed")
  func uncompressed() throws {
    let tar = TarMaker.image { $0.add("rootfs/a", body: String(repeating: "x", count: 100_000)) }.ended
    let packed = try Scratch().filter(["gzip", "-c"], tar)
    let size = UInt64(tar.count)
    for bytes in [tar, packed] {
      #expect(try readImage(bytes, limits: Self.limits { $0.uncompressed = size }).uncompressedSize == size)
      #expect(refusal(bytes, limits: Self.limits { $0.uncompressed = size - 1 })?.contains("octets") == true)
    }
  }

  @Test("a file may inflate to a thousand times its size, and to 16 MiB in any case (A-07)")
  func expansion() throws {
    let tar = TarMaker.image { $0.add("rootfs/zeros", body: String(repeating: "\0", count: 20 << 20)) }.ended
    let scratch = try Scratch()
    let gzip = try scratch.filter(["gzip", "-9", "-c"], tar)
    let ratio = UInt64(tar.count / gzip.count)
    #expect(try readImage(gzip, limits: Self.limits { $0.expansionRatio = ratio + 1 }).entryCount == 3)
    #expect(refusal(gzip, limits: Self.limits { $0.expansionRatio = ratio - 1 })?.contains("inflates to more") == true)
    let bzip2 = try scratch.filter(["bzip2", "-c"], tar)
    #expect(tar.count / bzip2.count > 1_000)
    #expect(refusal(bzip2)?.contains("inflates to more than 16777216 octets") == true)
    let xz = try scratch.filter(["xz", "-c"], tar)
    let floor = UInt64(tar.count)
    #expect(refusal(xz)?.contains("inflates to more") == true)
    #expect(try readImage(xz, limits: Self.limits { $0.expansionFloor = floor }).entryCount == 3)
    #expect(refusal(xz, limits: Self.limits { $0.expansionFloor = floor - 1 }) != nil)
  }

  @Test("paths may have 4096 octets, whichever header they come in")
  func paths() throws {
    func image(_ length: Int, _ add: (inout TarMaker, String) -> Void) -> [UInt8] {
      // Components of 100 octets: the limit is on the whole.
      let path = "rootfs/" + String(repeating: String(repeating: "p", count: 99) + "/", count: 50)
      return TarMaker.image { add(&$0, String(path.prefix(length - 1)) + "q") }.ended
    }
    func pax(_ tar: inout TarMaker, _ path: String) {
      tar.addRecords([("path", path)])
      tar.add("rootfs/a")
    }
    func gnu(_ tar: inout TarMaker, _ path: String) {
      tar.add("././@LongLink", "L", body: path + "\0")
      tar.add("rootfs/a")
    }
    func target(_ tar: inout TarMaker, _ path: String) {
      tar.addRecords([("linkpath", path)])
      tar.add("rootfs/a", "2")
    }
    for add in [pax, gnu, target] {
      #expect(try readImage(image(4_096, add)).entryCount == 3)
      #expect(refusal(image(4_097, add)) != nil)
    }
  }

  @Test("an extended header may have as many octets as the limit says")
  func extendedHeader() throws {
    let tar = TarMaker.image {
      $0.addRecords([("comment", String(repeating: "c", count: 85))])
      $0.add("rootfs/a")
    }
    #expect(try readImage(tar.ended, limits: Self.limits { $0.extendedHeader = 97 }).entryCount == 3)
    #expect(
      refusal(tar.ended, limits: Self.limits { $0.extendedHeader = 96 })
        == "an extended header of 97 octets; 96 are allowed")
  }
}
