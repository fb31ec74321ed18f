import Testing
import TrustModel

@Suite struct NameTests {
  @Test(arguments: [
    "a", "example.com", "example.com/hello", "example.com/hello-world", "a_b~c.d-e/f", "1/2/3", "coreos.com/etcd",
  ])
  func `accepts names of the appc grammar`(_ text: String) throws {
    #expect(try ImageName(text).description == text)
    #expect(try Prefix(text).description == text)
  }

  @Test(arguments: [
    ("", 0), ("/", 0), ("/a", 0), ("a/", 1), ("a//b", 2), ("a/../b", 2), ("a/./b", 2), ("..", 0), (".", 0),
    ("a..b", 2), ("Example.com", 0), ("example.com/Hello", 12), ("example.com:443/a", 11), ("a b", 1), ("a\u{0}b", 1),
    ("a\nb", 1), ("a\u{1b}[2J", 1), ("ä", 0), ("example.com/%2e%2e", 12), ("a-", 1), ("-a", 0), ("a/-b", 2),
    ("user@example.com", 4), ("a\\b", 1),
  ])
  func `refuses anything else and says where`(_ text: String, _ offset: Int) {
    let error = #expect(throws: NameError.self) { try ImageName(text) }
    #expect(error?.offset == offset)
    #expect(throws: NameError.self) { try Prefix(text) }
  }

  @Test func `holds names to their length limits`() {
    let component = String(repeating: "a", count: 255)
    #expect(throws: Never.self) { try ImageName(component) }
    #expect(throws: NameError.self) { try ImageName(component + "a") }
    let longest = Array(repeating: String(repeating: "a", count: 127), count: 8).joined(separator: "/") + "a"
    #expect(longest.utf8.count == 1024)
    #expect(throws: Never.self) { try ImageName(longest) }
    #expect(throws: NameError.self) { try ImageName(longest + "a") }
  }

  @Test func `names every scope from root down to the name itself`() throws {
    let name = try ImageName("example.com/hello/web")
    #expect(name.scopes.map(\.description) == ["root", "example.com", "example.com/hello", "example.com/hello/web"])
  }

  @Test(arguments: [
    ("example.com/hello", "example.com/hello", true), ("example.com/hello", "example.com/hello/web", true),
    ("example.com/h", "example.com/hello", false), ("example.com", "example.company", false),
    ("example.com/hello/web", "example.com/hello", false), ("other.org", "example.com", false),
  ])
  func `covers whole components only`(_ prefix: String, _ name: String, _ expected: Bool) throws {
    #expect(try Prefix(prefix).covers(ImageName(name)) == expected)
    #expect(try Prefix(prefix).covers(Prefix(name)) == expected)
  }

  @Test func `makes errors safe to show`() {
    let error = #expect(throws: NameError.self) { try ImageName("a\u{1b}[31m\u{202e}") }
    let text = error?.description ?? ""
    #expect(text.contains("position 2"))
    #expect(!text.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0x202e })
  }
}
