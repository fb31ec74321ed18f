import Archives
import Testing

@Suite struct ExtendedHeaderTests {
  private static func records(_ row: String, _ records: [(key: String, value: String)], says: String) -> BadImage {
    BadImage(row, says: says) {
      $0.addRecords(records)
      $0.add("rootfs/a", body: "1234567890")
    }
  }

  private static func body(_ row: String, _ body: String, says: String) -> BadImage {
    BadImage(row, says: says) {
      $0.add("PaxHeaders/a", "x", body: body)
      $0.add("rootfs/a")
    }
  }

  static let bad: [BadImage] = [
    records("A-06 PAX path out", [("path", "../x")], says: "a component '..'"),
    records("A-06 PAX path to a second manifest", [("path", "manifest")], says: "in the archive twice"),
    records("A-06 PAX path with a zero", [("path", "rootfs/a\0b")], says: "the control character 0"),
    records("PAX path empty", [("path", "")], says: "its path is empty"),
    records("A-06 PAX size other than the header's", [("size", "1024")], says: "two different sizes"),
    records("A-06 PAX size smaller", [("size", "0")], says: "two different sizes"),
    records("A-06 PAX size negative", [("size", "-1")], says: "its size is not a number"),
    records("A-06 PAX size too long", [("size", "9999999999999999999")], says: "its size is not a number"),
    records("A-06 PAX sparse", [("GNU.sparse.major", "1")], says: "sparse files"),
    records("A-06 PAX sparse of star", [("SCHILY.realsize", "1")], says: "sparse files"),
    records("PAX path twice", [("path", "rootfs/a"), ("path", "rootfs/b")], says: "it gives 'path' twice"),
    records("PAX without a key", [("", "x")], says: "a record has no key"),
    body("PAX length too large", "99 path=x\n", says: "the length of a record is wrong"),
    body("PAX length zero", "0 path=x\n", says: "the length of a record is wrong"),
    body("PAX length missing", " path=x\n", says: "the length of a record is wrong"),
    body("PAX length of itself alone", "2 \n", says: "the length of a record is wrong"),
    body("PAX length with a sign", "+9 a=bcd\n", says: "the length of a record is wrong"),
    body("PAX length too small", "8 path=x\n", says: "does not end where its length says"),
    body("PAX length past all digits", "123456789012345678901 path=x\n", says: "the length of a record is wrong"),
    body("PAX without an equals sign", "8 path1\n", says: "a record has no key"),
    body("PAX empty", "", says: "an extended tar header is empty"),
    BadImage("A-06 two PAX headers", says: "two extended headers") {
      $0.addRecords([("path", "rootfs/a")])
      $0.addRecords([("path", "rootfs/b")])
      $0.add("rootfs/c")
    },
    BadImage("PAX and GNU together", says: "two extended headers") {
      $0.addRecords([("path", "rootfs/a")])
      $0.add("././@LongLink", "L", body: "rootfs/b\0")
      $0.add("rootfs/c")
    },
    BadImage("GNU and PAX together", says: "two extended headers") {
      $0.add("././@LongLink", "K", body: "b\0")
      $0.addRecords([("comment", "x")])
      $0.add("rootfs/c", "2")
    },
    BadImage("two GNU long paths", says: "two extended headers") {
      $0.add("././@LongLink", "L", body: "rootfs/a\0")
      $0.add("././@LongLink", "L", body: "rootfs/b\0")
      $0.add("rootfs/c")
    },
    BadImage("GNU long path with a zero", says: "holds a zero octet") {
      $0.add("././@LongLink", "L", body: "rootfs/a\0b\0")
      $0.add("rootfs/c")
    },
    BadImage("GNU long path empty", says: "a long path is empty") {
      $0.add("././@LongLink", "L", body: "\0")
      $0.add("rootfs/c")
    },
    BadImage("header without its entry", says: "without its entry") { $0.addRecords([("path", "rootfs/a")]) },
    BadImage("A-06 GNU long path of 1 GB", says: "1073741824 octets; 4097 are allowed") {
      $0.add("././@LongLink", "L", size: 1 << 30)
    },
  ]

  @Test("refuses metadata that readers could take in two ways", arguments: bad)
  func refuses(_ image: BadImage) {
    let sentence = refusal(image.bytes)
    #expect(sentence?.contains(image.says) == true, "\(sentence ?? "accepted")")
  }

  @Test("believes paths, link targets and equal sizes, and reads over the rest")
  func accepts() throws {
    let long = "rootfs/" + String(repeating: "d", count: 200)
    let tar = TarMaker.image {
      $0.addRecords([("mtime", "1.5"), ("path", long), ("size", "3"), ("uname", "\u{e9}"), ("comment", "")])
      $0.add("rootfs/short", body: "abc")
      $0.addRecords([("linkpath", long)])
      $0.add("rootfs/hard", "1")
      $0.add("././@LongLink", "K", body: long + "x\0")
      $0.add("././@LongLink", "L", body: long + "y")
      $0.add("rootfs/soft", "2")
    }
    #expect(try readImage(tar.ended).entryCount == 5)
    var again = tar
    again.addRecords([("path", long)])
    again.add("rootfs/b")
    #expect(refusal(again.ended)?.hasSuffix("is in the archive twice") == true)
  }

  @Test("a size beyond the header's field is believed, so that the limit refuses it")
  func largeSize() {
    let tar = TarMaker.image {
      $0.addRecords([("size", "20000000000")])
      $0.add("rootfs/big")
    }
    #expect(refusal(tar.ended)?.contains("20000000000 octets long; 17179869184 are allowed") == true)
  }
}
