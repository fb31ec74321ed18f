import Archives
import Testing

@Suite struct TarFormatTests {
  private static func field(_ row: String, at offset: Int, _ octets: [UInt8], says: String) -> BadImage {
    BadImage(row, says: says) {
      $0.add("rootfs/a", change: { $0.replaceSubrange(offset..<offset + octets.count, with: octets) })
    }
  }

  static let headers: [BadImage] = [
    field("A-06 negative size", at: 124, [UInt8](repeating: 0xff, count: 12), says: "size is negative or too large"),
    field(
      "A-06 huge base-256 size", at: 124, [0x80] + [UInt8](repeating: 0xff, count: 11), says: "negative or too large"),
    field("A-06 bad base-256 size", at: 124, [0x81] + [UInt8](repeating: 0, count: 11), says: "negative or too large"),
    field("size with letters", at: 124, Array("0000000000x".utf8), says: "size is not an octal number"),
    field("size with an eight", at: 124, Array("00000000008".utf8), says: "size is not an octal number"),
    field("mode with a sign", at: 100, Array("-000644".utf8), says: "mode is not an octal number"),
    field("owner with letters", at: 108, Array("root".utf8), says: "owner is not an octal number"),
    field("hidden octets behind the path", at: 90, [0x41], says: "its path hides octets"),
    field("hidden octets behind the prefix", at: 346, [0x41], says: "its path prefix hides octets"),
    field("hidden octets behind the owner name", at: 270, [0x41], says: "its owner name hides octets"),
    field("A-03 socket or worse", at: 156, [UInt8(ascii: "7")], says: "its kind '7' is not known"),
    field("unknown kind", at: 156, [0x1b], says: "its kind '<U+001B>' is not known"),
    field("A-06 GNU sparse", at: 156, [UInt8(ascii: "S")], says: "it is a sparse file"),
    field("global header", at: 156, [UInt8(ascii: "g")], says: "it is a global extended header"),
    field("no magic", at: 257, [0, 0, 0, 0, 0], says: "neither POSIX (ustar) nor GNU"),
    field("half a magic", at: 257, Array("ustar\u{0} ".utf8), says: "neither POSIX (ustar) nor GNU"),
    BadImage("A-06 wrong checksum", says: "its checksum is wrong") { $0.add("rootfs/a", spoil: { $0[0] ^= 1 }) },
    BadImage("checksum without digits", says: "its checksum is wrong") {
      $0.add("rootfs/a", spoil: { $0.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8)) })
    },
    BadImage("GNU sparse fields", says: "fields of a sparse file") {
      $0.add(
        "rootfs/a",
        change: {
          TarMaker.put("ustar  \0", into: &$0, at: 257)
          $0[400] = 0x31
        })
    },
    BadImage("directory with a body", says: "has a body") { $0.add("rootfs/d", "5", body: "x") },
    BadImage("hard link with a body", says: "has a body") {
      $0.add("rootfs/a")
      $0.add("rootfs/h", "1", body: "x", link: "rootfs/a")
    },
    BadImage("device with a size", says: "has a body") { $0.add("rootfs/n", "3", size: 512) },
  ]

  private static let whole = TarMaker.image { $0.add("rootfs/a", body: "12345") }

  static let ends: [BadImage] = [
    BadImage("A-06 no end blocks", says: "does not end with two zero blocks", whole.bytes),
    BadImage("A-06 one end block", says: "does not end with two zero blocks", Array(whole.ended.dropLast(512))),
    BadImage("cut end block", says: "does not end with two zero blocks", Array(whole.ended.dropLast(1))),
    BadImage("cut header", says: "does not end with two zero blocks", Array(whole.bytes.dropLast(1_000))),
    BadImage("cut body", says: "does not end with two zero blocks", Array(whole.bytes.dropLast(510))),
    BadImage("A-06 trailing data", says: "data behind the archive's end", whole.ended + Array("x".utf8)),
    BadImage("A-06 second archive", says: "data behind the archive's end", whole.ended + whole.ended),
    BadImage(
      "trailing data far behind", says: "data behind the archive's end",
      whole.ended + [UInt8](repeating: 0, count: 300_000) + [1]),
    BadImage(
      "single zero block within", says: "goes on behind a single zero block",
      whole.bytes + [UInt8](repeating: 0, count: 512) + whole.ended),
    BadImage("A-06 1 TB in 5 KB", says: "1099511627776 octets long; 17179869184 are allowed") {
      $0.add(
        "rootfs/big", change: { $0.replaceSubrange(124..<136, with: [0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]) })
    },
    BadImage("empty file", says: "neither tar nor gzip, bzip2 or xz", []),
    BadImage("zeros", says: "neither tar nor gzip, bzip2 or xz", [UInt8](repeating: 0, count: 10_240)),
  ]

  @Test("refuses headers and ends that readers could take in two ways", arguments: headers + ends)
  func refuses(_ image: BadImage) {
    let sentence = refusal(image.bytes)
    #expect(sentence?.contains(image.says) == true, "\(sentence ?? "accepted")")
  }

  @Test("zeros behind the end, of any number, belong to the image", arguments: [0, 1, 511, 8_192, 600_000])
  func padding(count: Int) throws {
    let bytes = Self.whole.ended + [UInt8](repeating: 0, count: count)
    var seen: [UInt8] = []
    #expect(try readImage(bytes, collect: { seen += $0 }).uncompressedSize == UInt64(bytes.count))
    #expect(seen == bytes)
  }

  @Test("reads numbers in every form that writers use")
  func numbers() throws {
    let tar = TarMaker.image {
      // Spaces in front, space at the end, base-256, an empty field, a time before 1970.
      $0.add("rootfs/a", body: "12345", change: { TarMaker.put("          5 ", into: &$0, at: 124) })
      $0.add(
        "rootfs/b", body: "1",
        change: { $0.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0, count: 10) + [1]) })
      $0.add("rootfs/c", change: { $0.replaceSubrange(108..<124, with: [UInt8](repeating: 0, count: 16)) })
      $0.add("rootfs/d", change: { $0.replaceSubrange(136..<148, with: [UInt8](repeating: 0xff, count: 12)) })
    }
    #expect(try readImage(tar.ended).entryCount == 6)
  }

  @Test("joins prefix and path, and takes no GNU time for a prefix")
  func prefix() throws {
    let tar = TarMaker.image {
      $0.add("b/c", change: { TarMaker.put("rootfs/a", into: &$0, at: 345) })
      $0.add("rootfs/a/b", "5")
      $0.add(
        "rootfs/gnu",
        change: {
          TarMaker.put("ustar  \0", into: &$0, at: 257)
          TarMaker.put("14567012345", into: &$0, at: 345)
        })
    }
    #expect(try readImage(tar.ended).entryCount == 5)
  }

  @Test("a body that lies beyond the end of the file is not waited for")
  func missingBody() {
    let tar = TarMaker.image { $0.add("rootfs/a", size: 4 << 20) }
    #expect(refusal(tar.ended)?.contains("the archive is cut") == true)
  }
}
