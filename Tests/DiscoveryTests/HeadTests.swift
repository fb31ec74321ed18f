import Discovery
import Fetch
import Testing
import TrustModel

/// Where a head ends, and what in it is none of its elements: rows D-01 to D-03 against the HTML standard.
@Suite("The head of a discovery page")
struct HeadTests {
  private let tag = "<meta name=\"ac-discovery\" content=\"example.com https://example.com/{name}.{ext}\">"

  private func count(_ page: String) throws -> Int {
    try Talk.read(page.replacing("TAG", with: tag)).images.count
  }

  @Test(
    "D-02: text areas, titles, CDATA and everything that only a body holds",
    arguments: [
      "<title>TAG</title>", "<head><title><link>TAG</title>", "<head><title/>TAG", "<head><script/>TAG</script>",
      "<head><textarea>TAG</textarea>", "<head><textarea></textarea>TAG", "<head><![CDATA[TAG]]>", "<![CDATA[TAG]]>",
      "<head><template><template></template>TAG</template>", "<head><noframes>TAG</noframes>",
      "<head><noembed>TAG</noembed>", "<head><xmp>TAG</xmp>", "<head><iframe>TAG</iframe>", "<head><plaintext>TAG",
      "<head><select>TAG</select>", "<head><object>TAG</object>", "<head><svg>TAG</svg>", "<head><svg/>TAG",
      "<head><own-element></own-element>TAG", "<head>text TAG", "<head>&nbsp;TAG", "<br>TAG", "<frameset>TAG",
      "</head>TAG", "</body>TAG", "<html></html>TAG", "<head><?x TAG ?>", "<noscript><body></noscript>TAG",
    ])
  func bodyElements(_ page: String) throws {
    #expect(try count(page) == 0)
  }

  @Test(
    "D-02: what a head may hold leaves the tags behind it alone",
    arguments: [
      "<head><title>Images</title><script>if (a < b) {}</script><style>a > b {}</style>TAG",
      "<head><noscript><link rel=x></noscript><template><p>x</p></template><base href=\"/\">TAG",
      "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head>\n<meta charset=\"utf-8\"/>\n<!-- x -->\nTAG</head>",
      "<head><title>\u{e4}\u{1f600}</title>TAG", "\u{feff}<!DOCTYPE html><html><head>TAG", "\u{feff}TAG",
    ])
  func headElements(_ page: String) throws {
    #expect(try count(page) == 1)
  }

  @Test("D-03: of an attribute that stands twice the first counts, and a NUL hides nothing")
  func attributes() throws {
    let other = "example.com https://evil.example/{name}.{ext}"
    let twice = tag.dropLast() + " content=\"\(other)\" name=x>"
    #expect(try Talk.read("<head>\(twice)").images.map(\.image.host) == ["example.com"])
    let zero = try Talk.read(
      "<head><meta name=\"ac-discovery\" content=\"example.com https://example.com/\0{name}.{ext}\">")
    #expect(zero.images.isEmpty || zero.images.first?.image.host == "example.com")
    #expect(try count("<head><meta name=\"ac-discovery\0x\" content=\"\(other)\">") == 0)
  }

  @Test("D-03: a page in UTF-16, or one that says it is in UTF-7, is read as the octets that it is")
  func encodings() throws {
    let units = Array("\u{feff}<html><head>\(tag)</head>".utf16)
    let wide: [UInt8] = units.flatMap { unit -> [UInt8] in [UInt8(unit & 0xff), UInt8(unit >> 8)] }
    var discovery = Discovery(try DiscoveryTarget("example.com/hello"), wanting: .images)
    discovery.take(.page(wide, redirects: []))
    #expect(discovery.result.steps.count == 1 && discovery.result.images.isEmpty)
    let hidden = tag.replacing("<", with: "+ADw-").replacing(">", with: "+AD4-")
    for charset in ["utf-7", "utf-16", "utf-16le", "no-such"] {
      #expect(try count("<meta charset=\"\(charset)\">\(hidden)") == 0)
      #expect(try count("<meta http-equiv=\"content-type\" content=\"text/html; charset=\(charset)\">TAG") == 1)
    }
  }

  @Test(
    "D-01: no page of 1 MiB keeps the parser busy for long",
    arguments: [
      ("<head><template>", "<i>", "</q>"), ("<head>", "<template>", "</x>"), ("<head>", "<title>", "&"),
      ("<meta name=a content='", "&", ";"), ("<!--", "-", "!"), ("<head><script>", "</scrip", "<"),
      ("<head>", "</x>", "<b>"), ("<meta ", "a=1 ", "b "), ("<head>", "<meta name=a content=b>", "\n"),
    ])
  func effort(_ start: String, _ first: String, _ second: String) throws {
    let half = 512 * 1024
    let page =
      start + String(repeating: first, count: half / first.utf8.count)
      + String(repeating: second, count: half / second.utf8.count)
    let began = ContinuousClock.now
    #expect(try count(page) == 0)
    // Without a limit on nesting the first of these takes half a minute.
    #expect(ContinuousClock.now - began < .seconds(8))
  }

  @Test("Words are told apart by the white space of HTML alone")
  func whiteSpace() throws {
    for space in ["\t", "\n", "\r\n", " \u{c} "] {
      #expect(try Talk.read(Talk.page(keys: ["example.com\(space)https://example.com/k.asc\(space)"])).keys.count == 1)
    }
    for space in ["\u{a0}", "\u{2003}", "\u{85}"] {
      #expect(try Talk.read(Talk.page(keys: ["example.com\(space)https://example.com/k.asc"])).keys.isEmpty)
    }
    // rkt sent the second word as part of the address.
    #expect(try Talk.read(Talk.page(keys: ["example.com https://example.com/k.asc and more"])).keys.isEmpty)
  }

  @Test("A content that is too long is said to be that")
  func longContent() throws {
    let tag = "example.com https://example.com/" + String(repeating: "a", count: 5000)
    let result = try Talk.read(Talk.page(keys: [tag]))
    #expect(result.steps[0].tags.map(\.problem) == ["it is longer than 4096 octets"])
  }
}
