import ContentTrust
import Stores
import TestSupport
import Testing
import TrustModel

/// Each limit at its value, and one past it.
@Suite("Limits of folders of signing keys")
struct KeyFolderLimitTests {
  private let key = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
    -----END PRIVATE KEY-----

    """

  @Test("A file of 256 KiB is read, one octet more is not")
  func fileSize() throws {
    let shop = try KeyShop()
    let blanks = TrustFolder.keyLimit - key.utf8.count
    try shop.put(String(repeating: "\n", count: blanks) + key, "private/a.key")
    #expect(try shop.survey().keys.first?.contents != nil)
    try shop.put(String(repeating: "\n", count: blanks + 1) + key, "private/a.key")
    let record = try #require(try shop.survey().keys.first)
    #expect(record.contents == nil && record.problem == "is larger than 262144 octets")
    #expect(try shop.survey().finding("broken-file")?.message.contains("larger than 262144 octets") == true)
  }

  @Test("Files, folders, depth and octets together have limits; what lies past them is told, not forgotten")
  func counts() throws {
    let shop = try KeyShop()
    try shop.shell("mkdir -p -m 700 trust/private/sub/deep; chmod 700 trust/private/sub")
    for name in ["a", "b", "sub/c"] { try shop.put(key, "private/\(name).key") }
    try shop.put(key, "private/sub/deep/d.key")
    var limits = KeyFolderLimits()
    (limits.files, limits.folders, limits.depth) = (4, 3, 3)
    limits.total = Int64(key.utf8.count * 4)
    let whole = try shop.survey(limits)
    #expect(whole.keys.filter { $0.contents != nil }.count == 4 && whole.finding("not-all-seen") == nil)
    func cut(_ change: (inout KeyFolderLimits) -> Void) throws -> SigningKeySurvey {
      var less = limits
      change(&less)
      return try shop.survey(less)
    }
    let files = try cut { $0.files = 3 }
    #expect(files.keys.count == 3 && files.finding("not-all-seen")?.message.contains("more than 3 files") == true)
    #expect(files.finding("not-all-seen")?.severity == .error)
    #expect(try cut { $0.folders = 2 }.finding("not-all-seen")?.message.contains("more than 2 folders") == true)
    #expect(try cut { $0.depth = 2 }.finding("not-all-seen")?.message.contains("more than 2 folders deep") == true)
    let octets = try cut { $0.total -= 1 }
    #expect(octets.keys.filter { $0.contents != nil }.count == 3 && octets.rules.contains("broken-file"))
    #expect(octets.keys.contains { $0.problem?.contains("was not read") == true })
  }

  @Test("A folder without keys, and no folder at all, are empty; a link or a file in its place is an error")
  func places() throws {
    let shop = try KeyShop()
    #expect(try shop.survey().keys.isEmpty)
    try shop.shell("rmdir trust/private")
    #expect(try shop.survey().findings.isEmpty)
    try shop.shell("ln -s /tmp trust/private")
    #expect(throws: StoreError.symbolicLink(shop.path + "/private")) { try shop.survey() }
    try shop.shell("rm trust/private; touch trust/private")
    #expect(throws: StoreError.notRegular(shop.path + "/private")) { try shop.survey() }
  }
}
