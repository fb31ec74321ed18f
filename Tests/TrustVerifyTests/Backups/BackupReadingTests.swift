import Glibc
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// Reading a backup: whole, or not at all (reference/security.md, rows B-01, B-02 and B-07).
@Suite("Reading a backup")
struct BackupReadingTests {
  /// A backup in a file of its own.
  final class Shelf {
    private let folder: TemporaryDirectory
    let path: String

    init(_ octets: [UInt8]) throws {
      let folder = try TemporaryDirectory()
      path = try folder.write("backup.tar", octets, mode: 0o600)
      self.folder = folder
    }

    func read(limits: BackupLimits = BackupLimits()) throws(BackupError) -> BackupArchive {
      try BackupArchive(file: path, limits: limits)
    }
  }

  static let mask = String(repeating: "0123456789", count: 4)
  private static let keyFile = String(repeating: "ab", count: 32) + ".key"

  /// Three small files, one of each store.
  static var whole: MadeBackup {
    MadeBackup([
      .init("trusted-keys", "root.d/" + mask, []),
      .init("content-trust", "private/" + keyFile, Array("0123456789".utf8)),
      .init("configuration", "10.conf", [UInt8](repeating: 97, count: 512)),
    ])
  }

  private func refusal(_ octets: [UInt8], limits: BackupLimits = BackupLimits()) throws -> BackupError? {
    let shelf = try Shelf(octets)
    do throws(BackupError) {
      _ = try shelf.read(limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test("What the form says is read, and nothing else is made of it")
  func reads() throws {
    let made = Self.whole
    let archive = try Shelf(made.octets).read()
    #expect(archive.manifest.host == "web01")
    #expect(archive.manifest.program == "keyreeve 0.1.0")
    #expect("\(archive.manifest.created)" == made.created)
    #expect(archive.manifest.files.map(\.store) == [.trustedKeys, .contentTrust, .configuration])
    #expect(archive.manifest.files.map(\.path.description) == made.files.map(\.path))
    #expect(archive.contents == made.files.map(\.octets))
    #expect(archive.manifest.encoded == made.manifest)
    #expect(try Shelf(MadeBackup([]).octets).read().contents.isEmpty)
  }

  @Test("The octets that it hands over are those of the file")
  func pieces() throws {
    let made = Self.whole.octets
    let archive = try Shelf(made).read()
    var octets: [UInt8] = []
    #expect(
      archive.forEachPiece { piece in
        octets += Array(piece)
        return true
      })
    #expect(octets == made)
    var count = 0
    #expect(
      !archive.forEachPiece { _ in
        count += 1
        return count < 3
      })
    #expect(count == 3)
  }

  @Test("Not one octet may differ, in headers, padding or anywhere (B-01)", arguments: 0..<8)
  func flips(phase: Int) throws {
    let octets = Self.whole.octets
    let shelf = try Shelf(octets)
    let descriptor = open(shelf.path, O_RDWR | O_CLOEXEC)
    defer { close(descriptor) }
    for offset in stride(from: phase, to: octets.count, by: 8) {
      // Over the tests every bit of an octet has its turn, and each octet one of its bits.
      var changed = octets[offset] ^ (1 << UInt8((offset / 8) % 8))
      #expect(pwrite(descriptor, &changed, 1, off_t(offset)) == 1)
      #expect(throws: BackupError.self, "octet \(offset)") { try shelf.read() }
      var original = octets[offset]
      #expect(pwrite(descriptor, &original, 1, off_t(offset)) == 1)
    }
    #expect(throws: Never.self) { try shelf.read() }
  }

  @Test("An octet that readers of tar take for another spelling is refused too")
  func spellings() throws {
    var octets = Self.whole.octets
    // In the checksum a space may stand for the zero octet behind the digits.
    #expect(octets[154] == 0)
    octets[154] = 0x20
    #expect(try refusal(octets) == .damaged("an octet between its files differs, or something follows them"))
  }

  @Test("A file cut at any octet is refused (B-01)")
  func truncation() throws {
    let octets = Self.whole.octets
    let shelf = try Shelf(octets)
    for length in (0..<octets.count).reversed() {
      truncate(shelf.path, off_t(length))
      #expect(throws: BackupError.self, "\(length) octets") { try shelf.read() }
    }
  }

  /// A backup that must not be read, and the error's case.
  struct Bad: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reason: Reason
    let words: String
    let make: @Sendable () -> [UInt8]

    init(_ name: String, _ reason: Reason, _ words: String, _ change: @escaping @Sendable (inout MadeBackup) -> Void) {
      (testDescription, self.reason, self.words) = (name, reason, words)
      make = {
        var made = BackupReadingTests.whole
        change(&made)
        return made.octets
      }
    }
  }

  private static func path(_ path: String, in store: String = "content-trust", _ words: String = "is no place") -> Bad {
    Bad("B-02 path \(path)", .malformed, words) { $0.files = [.init(store, path, [1])] }
  }

  private static func kind(_ kind: Character, link: String = "") -> Bad {
    Bad("B-02 entry of kind \(kind)", .tampered, "stands where") {
      $0.files[1].kind = kind
      $0.files[1].link = link
    }
  }

  static let integrity: [Bad] = [
    Bad("B-01 entries in another order", .tampered, "stands where") { $0.entries = [0, 2, 1] },
    Bad("B-01 entry twice", .tampered, "stands where") { $0.entries = [0, 1, 1, 2] },
    Bad("B-01 entry twice at the end", .tampered, "does not list") { $0.entries = [0, 1, 2, 2] },
    Bad("B-01 entry removed", .tampered, "stands where") { $0.entries = [0, 2] },
    Bad("B-01 last entry removed", .tampered, "is missing") { $0.entries = [0, 1] },
    Bad("B-01 other contents of the same size", .tampered, "another digest") {
      $0.files[1].claimedDigest = MadeBackup.digest(Array("9876543210".utf8))
    },
    Bad("B-01 other size", .tampered, "octets instead of") { $0.files[1].claimedSize = 11 },
    Bad("B-01 manifest with a wrong digest", .tampered, "another digest than the one it names") {
      $0.isDigested = false
    },
    Bad("B-01 manifest in another order", .tampered, "not in its place") { $0.files.swapAt(1, 2) },
    Bad("B-01 manifest that lists a file twice", .tampered, "in it twice") { $0.files.append($0.files[2]) },
    Bad("B-07 member that is not known", .tampered, "another digest") {
      $0.furtherMembers = ",\n  \"pins\": []"
    },
    Bad("B-07 newer form", .failed, "keyreeve.backup/3") { $0.schema = "keyreeve.backup/3" },
    Bad("the form with notary's folder, without it", .tampered, "another digest") { $0.schema = "keyreeve.backup/2" },
    Bad("B-07 form of the far future", .failed, "newer Keyreeve") { $0.schema = "keyreeve.backup/4711" },
    Bad("another document", .malformed, "not a backup") { $0.schema = "keyreeve.log/1" },
    Bad("a form that never was", .malformed, "not a backup") { $0.schema = "keyreeve.backup/0" },
    Bad("a mode with more than permissions", .tampered, "describes a file") { $0.files[0].mode = "4755" },
    Bad("a mode in another spelling", .tampered, "another digest") { $0.files[0].mode = "00644" },
    Bad("a time in another spelling", .tampered, "another digest") { $0.created = "2026-11-18T09:10:00+00:00" },
    Bad("a manifest with more spaces", .tampered, "not written as this program writes it") { $0.trailingText = " " },
    Bad("headers with another time", .tampered, "an octet between") { $0.modified += 1 },
    Bad("a negative size", .tampered, "describes a file") { $0.files[0].claimedSize = -1 },
    Bad("too long a host name", .tampered, "lacks") { $0.host = String(repeating: "h", count: 256) },
  ]

  static let paths: [Bad] = [
    path("../private/x.key"), path("/etc/passwd"), path("private/../../x"), path("private//x"), path("./x"), path(""),
    path("private/x\\u0000.key"), path("private/x\\ny"), path("private/.keyreeve-1-x"),
    path("root.d/README", in: "trusted-keys"), path("prefix.d/Example.com/" + mask, in: "trusted-keys"),
    path("../../usr/lib/rkt/trustedkeys/root.d/" + mask, in: "trusted-keys"), path("x.txt", in: "configuration"),
    path("sub/x.conf", in: "configuration"), path("x", in: "images", "is not known"),
    Bad("B-02 case twins", .malformed, "differs only in case") {
      $0.files = [.init("content-trust", "private/A.key", [1]), .init("content-trust", "private/a.key", [2])]
    },
    Bad("B-02 twins of normalization", .malformed, "differs only in case") {
      $0.files = [.init("content-trust", "e\u{301}", [1]), .init("content-trust", "\u{e9}", [2])]
    },
    Bad("B-02 file below a file", .malformed, "below another file") {
      $0.files = [.init("content-trust", "a", [1]), .init("content-trust", "a/b", [2])]
    },
    Bad("B-02 content trust anywhere", .malformed, "no directory of content-trust") { $0.contentTrust = "/etc" },
    Bad("B-02 content trust that climbs", .malformed, "no directory of content-trust") {
      $0.contentTrust = "/root/../../trust"
    },
    Bad("B-02 entry path other than listed", .tampered, "stands where") {
      $0.files[1].entryPath = "content-trust/../../etc/passwd"
    },
    kind("1", link: "manifest.json"), kind("2", link: "/etc/passwd"), kind("3"), kind("4"), kind("5"), kind("6"),
  ]

  @Test("With the reason, in words that help", arguments: integrity + paths)
  func refuses(bad: Bad) throws {
    let error = try #require(try refusal(bad.make()))
    #expect(error.reason == bad.reason, "\(error)")
    #expect(error.description.contains(bad.words), "\(error)")
    #expect(!error.description.contains("\n"))
  }

  @Test("Nothing may follow the archive, not even zeros (B-01)")
  func trailing() throws {
    let octets = Self.whole.octets
    #expect(try refusal(octets + [0])?.reason == .tampered)
    #expect(try refusal(octets + [UInt8](repeating: 0, count: 512))?.reason == .tampered)
    #expect(try refusal(octets + [1])?.reason == .tampered)
    #expect(try refusal(octets + octets)?.reason == .tampered)
  }

  @Test("Other files are no backups, and only regular files are read")
  func otherFiles() throws {
    #expect(try refusal([])?.reason == .malformed)
    #expect(try refusal(Array("hello\n".utf8))?.reason == .malformed)
    #expect(try refusal([UInt8](repeating: 0, count: 4096))?.reason == .malformed)
    let folder = try TemporaryDirectory()
    #expect(throws: BackupError.missing) { try BackupArchive(file: folder.path + "/none") }
    mkfifo(folder.path + "/pipe", 0o600)
    for name in ["/pipe", ""] {
      #expect(throws: BackupError.unreadable("is not a regular file")) { try BackupArchive(file: folder.path + name) }
    }
  }

  @Test("Limits: what is at them is read, one more is not")
  func limits() throws {
    func limits(_ set: (inout BackupLimits) -> Void) -> BackupLimits {
      var limits = BackupLimits()
      set(&limits)
      return limits
    }
    let octets = Self.whole.octets
    let manifest = Self.whole.manifest.count
    let cases: [(WritableKeyPath<BackupLimits, Int>, Int)] = [
      (\.files, 3), (\.fileOctets, 512), (\.totalOctets, 522), (\.manifestOctets, manifest), (\.nameOctets, 14),
    ]
    for (limit, value) in cases {
      #expect(try refusal(octets, limits: limits { $0[keyPath: limit] = value }) == nil)
      #expect(try refusal(octets, limits: limits { $0[keyPath: limit] = value - 1 }) != nil)
    }
  }
}
