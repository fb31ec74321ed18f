import Archives
import Testing
import TrustModel

/// An image that must be refused, by its row in reference/security.md section 3.7, and a part of the sentence.
struct BadImage: Sendable, CustomTestStringConvertible {
  let row: String
  let bytes: [UInt8]
  let says: String

  init(_ row: String, says: String, _ more: (inout TarMaker) -> Void) {
    self.init(row, says: says, TarMaker.image(more).ended)
  }

  init(_ row: String, says: String, _ bytes: [UInt8]) {
    (self.row, self.says, self.bytes) = (row, says, bytes)
  }

  var testDescription: String { row }
}

@Suite struct LayoutTests {
  private static func entry(_ row: String, _ path: String, says: String) -> BadImage {
    BadImage(row, says: says) { $0.add(path) }
  }

  static let paths: [BadImage] = [
    entry("A-01 parent", "../x", says: "a component '..'"),
    entry("A-01 absolute", "/x", says: "its path is absolute"),
    entry("A-01 absolute below rootfs", "/rootfs/x", says: "its path is absolute"),
    entry("A-01 escaping", "rootfs/../../x", says: "a component '..'"),
    entry("A-01 escaping at the end", "rootfs/..", says: "a component '..'"),
    entry("A-01 dot", ".", says: "a component '.'"),
    entry("A-01 dot within", "rootfs/./x", says: "a component '.'"),
    entry("A-01 two dots in front", "././manifest", says: "a component '.'"),
    entry("A-01 empty component", "rootfs//x", says: "an empty component"),
    entry("A-01 file with a slash at its end", "rootfs/x/", says: "an empty component"),
    entry("A-01 top as a file", "./", says: "an empty component"),
    entry("A-01 line break", "rootfs/a\nb", says: "'rootfs/a<U+000A>b' is refused"),
    entry("A-01 escape sequence", "rootfs/\u{1b}[2J", says: "the control character 27"),
    entry("A-01 DEL", "rootfs/\u{7f}", says: "the control character 127"),
    entry("A-01 no path", "", says: "an entry has no path"),
    BadImage("A-01 zero within", says: "its path hides octets behind a zero") { $0.add("rootfs/a\0b") },
    entry("A-05 foreign file", "README", says: "neither the manifest nor below rootfs/"),
    entry("A-05 rootfsX", "rootfsX", says: "neither the manifest nor below rootfs/"),
    entry("A-05 below rootfsX", "rootfsX/a", says: "neither the manifest nor below rootfs/"),
    entry("A-05 below manifest", "manifest/a", says: "neither the manifest nor below rootfs/"),
    entry("A-05 upper case", "Manifest", says: "neither the manifest nor below rootfs/"),
    entry("A-04 two manifests", "manifest", says: "'manifest' is in the archive twice"),
    entry("A-04 two spellings", "./manifest", says: "'./manifest' is in the archive twice"),
    BadImage("A-04 two rootfs", says: "'rootfs/' is in the archive twice") { $0.add("rootfs/", "5") },
    BadImage("spec: duplicate file", says: "'rootfs/a' is in the archive twice") {
      $0.add("rootfs/a")
      $0.add("rootfs/a", body: "other")
    },
    BadImage("spec: duplicate directory", says: "'./rootfs/d/' is in the archive twice") {
      $0.add("rootfs/d", "5")
      $0.add("./rootfs/d/", "5")
    },
  ]

  static let links: [BadImage] = [
    BadImage("A-02 through a symlink", says: "lies below entry 'rootfs/l', which is no directory") {
      $0.add("rootfs/l", "2", link: "/etc")
      $0.add("rootfs/l/passwd")
    },
    BadImage("A-02 symlink put where files went before", says: "other entries need it to be a directory") {
      $0.add("rootfs/l/passwd")
      $0.add("rootfs/l", "2", link: "/etc")
    },
    BadImage("A-02 symlink over a directory", says: "'rootfs/l' is in the archive twice") {
      $0.add("rootfs/l", "5")
      $0.add("rootfs/l", "2", link: "/etc")
    },
    BadImage("A-02 deep through a symlink", says: "which is no directory") {
      $0.add("rootfs/l", "2", link: "/etc")
      $0.add("rootfs/l/a/b/c")
    },
    BadImage("A-02 below a file", says: "which is no directory") {
      $0.add("rootfs/f")
      $0.add("rootfs/f/g")
    },
    BadImage("A-02 hard link out", says: "a component '..'") { $0.add("rootfs/h", "1", link: "rootfs/../../etc") },
    BadImage("A-02 hard link to an absolute path", says: "its path is absolute") {
      $0.add("rootfs/h", "1", link: "/etc/passwd")
    },
    BadImage("A-02 hard link to the manifest", says: "outside rootfs") { $0.add("rootfs/h", "1", link: "manifest") },
    BadImage("A-02 hard link to nothing", says: "no entry that came before") {
      $0.add("rootfs/h", "1", link: "rootfs/later")
      $0.add("rootfs/later")
    },
    BadImage("A-02 hard link to a directory", says: "no entry that came before") {
      $0.add("rootfs/d", "5")
      $0.add("rootfs/h", "1", link: "rootfs/d")
    },
    BadImage("A-02 hard link through a symlink", says: "no entry that came before") {
      $0.add("rootfs/l", "2", link: "/etc")
      $0.add("rootfs/h", "1", link: "rootfs/l/passwd")
    },
    BadImage("hard link without a target", says: "an entry has no path") { $0.add("rootfs/h", "1") },
    BadImage("symlink without a target", says: "its link target is empty") { $0.add("rootfs/l", "2") },
    BadImage("symlink to a control character", says: "control characters") { $0.add("rootfs/l", "2", link: "\u{1b}") },
  ]

  private static func of(_ build: (inout TarMaker) -> Void) -> [UInt8] {
    var tar = TarMaker()
    build(&tar)
    return tar.ended
  }

  static let tops: [BadImage] = [
    BadImage("A-04 no manifest", says: "the image has no manifest", of { $0.add("rootfs", "5") }),
    BadImage(
      "no rootfs", says: "the image has no directory rootfs", of { $0.add("manifest", body: TarMaker.manifest) }),
    BadImage(
      "rootfs only implied", says: "the image has no directory rootfs",
      of {
        $0.add("manifest", body: TarMaker.manifest)
        $0.add("rootfs/a")
      }),
    BadImage(
      "A-04 manifest as symlink", says: "must be a regular file", of { $0.add("manifest", "2", link: "rootfs/m") }),
    BadImage(
      "A-04 manifest as hard link", says: "must be a regular file",
      of {
        $0.add("rootfs/m", body: TarMaker.manifest)
        $0.add("manifest", "1", link: "rootfs/m")
      }),
    BadImage("manifest as directory", says: "must be a regular file", of { $0.add("manifest", "5") }),
    BadImage("rootfs as symlink", says: "rootfs must be a directory", of { $0.add("rootfs", "2", link: "/") }),
    BadImage("rootfs as file", says: "rootfs must be a directory", of { $0.add("rootfs") }),
    BadImage(
      "top twice", says: "'./' is in the archive twice", of { tar in (0..<2).forEach { _ in tar.add("./", "5") } }),
  ]

  @Test("refuses what breaks the layout and names the entry and the rule", arguments: paths + links + tops)
  func refuses(_ image: BadImage) {
    let sentence = refusal(image.bytes)
    #expect(sentence?.contains(image.says) == true, "\(sentence ?? "accepted")")
  }

  @Test("accepts any order, either spelling, links within the image and the top itself")
  func accepts() throws {
    var tar = TarMaker()
    tar.add("./", "5")
    tar.add("./rootfs/bin/sh", body: "#!", mode: 0o755)
    tar.add("./rootfs/bin/", "5")
    tar.add("./rootfs/", "5")
    tar.add("./rootfs/sh", "2", link: "bin/sh")
    tar.add("./rootfs/etc", "2", link: "/elsewhere")
    tar.add("./rootfs/same", "1", link: "./rootfs/bin/sh")
    tar.add("./rootfs/same-link", "1", link: "rootfs/sh")
    tar.add("./rootfs/\u{e9}", body: String(repeating: "x", count: 5_000))
    tar.add("./manifest", body: TarMaker.manifest)
    for collects in [false, true] {
      let image = try readImage(tar.ended, collect: collects ? { _ in } : nil)
      #expect(image.manifest.name.description == "example.com/hello")
      #expect(image.manifestBytes == Array(TarMaker.manifest.utf8))
      #expect(image.entryCount == 10)
      #expect(image.uncompressedSize == UInt64(tar.ended.count))
      #expect(image.compression == .none)
      #expect(image.remarks.isEmpty)
    }
  }

  @Test("devices, pipes, setuid files and attributes are counted and named, not refused (A-03)")
  func remarks() throws {
    var limits = ArchiveLimits()
    limits.remarkExamples = 1
    let tar = TarMaker.image {
      $0.add("rootfs/null", "3")
      $0.add("rootfs/sda", "4")
      $0.add("rootfs/pipe", "6")
      $0.add("rootfs/su", mode: 0o4755)
      $0.add("rootfs/wall\u{202e}", mode: 0o2755)
      $0.add("rootfs/tmp", "5", mode: 0o2777)
      $0.addRecords([("SCHILY.xattr.security.capability", "x")])
      $0.add("rootfs/ping")
    }
    let remarks = try readImage(tar.ended, limits: limits).remarks
    #expect(remarks.map(\.kind) == [.device, .fifo, .setuid, .extendedAttributes])
    #expect(remarks.map(\.count) == [2, 1, 2, 1])
    #expect(remarks.map(\.examples) == [["rootfs/null"], ["rootfs/pipe"], ["rootfs/su"], ["rootfs/ping"]])
    #expect(try readImage(tar.ended).remarks[2].examples == ["rootfs/su", "rootfs/wall<U+202E>"])
  }
}
