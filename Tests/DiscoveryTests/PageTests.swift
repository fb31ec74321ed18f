import Discovery
import Testing
import TrustModel

/// Rows of reference/security.md, section 3.5, that pages decide.
@Suite("Reading discovery pages")
struct PageTests {
  private let tag = "<meta name=\"ac-discovery\" content=\"example.com https://example.com/{name}.{ext}\">"

  /// How many image tags of a page count.
  private func count(_ page: String) throws -> Int { try Talk.read(page).images.count }

  @Test(
    "D-02: only elements of the head count",
    arguments: [
      "<html><head></head><body>TAG</body></html>", "<html><body>TAG</body></html>", "<p>text</p>TAG",
      "<html><head><!-- TAG --></head></html>", "<html><head><script>TAG</script></head></html>",
      "<html><head><script>var x = '</head>'; TAG</script></head></html>",
      "<html><head><style>TAG</style></head></html>", "<html><head><noscript>TAG</noscript></head></html>",
      "<html><head><template>TAG</template></head></html>", "<html><head></head>TAG</html>",
    ])
  func elsewhere(_ page: String) throws {
    #expect(try count(page.replacing("TAG", with: tag)) == 0)
  }

  @Test(
    "D-02: the head may be implied, in any letters, with other elements around",
    arguments: [
      "TAG", "<html><head>TAG</head></html>", "<HTML><HEAD>TAG</HEAD></HTML>", "<title>images</title>TAG",
      "<html><head><script>var x;</script>TAG<link rel=x></head><body>", "<!DOCTYPE html>\n<html lang=en>\n<head>TAG",
    ])
  func head(_ page: String) throws {
    #expect(try count(page.replacing("TAG", with: tag)) == 1)
  }

  @Test(
    "D-03: attributes as HTML has them",
    arguments: [
      ("<META NAME='ac-discovery' CONTENT='example.com https://example.com/{name}.{ext}'>", 1),
      ("<meta content=\"example.com https://example.com/{name}.{ext}\" name=ac-discovery />", 1),
      ("<meta name=\"ac-discovery\" content=\"example.com &#104;ttps://example.com/{name}.{ext}\">", 1),
      ("<meta name=\"ac-discovery\" content=\"\n example.com\t https://example.com/{name}.{ext} \n\">", 1),
      ("<meta name=\"AC-DISCOVERY\" content=\"example.com https://example.com/{name}.{ext}\">", 0),
      ("<meta name=\"ac-discovery\">", 0), ("<meta name=\"ac-discovery\" content=\"\">", 0),
      ("<meta name=\"ac-discovery\" content=\"example.com\">", 0),
      ("<meta name=\"x\" name=\"ac-discovery\" content=\"example.com https://example.com/{name}.{ext}\">", 0),
    ])
  func attributes(_ element: String, _ expected: Int) throws {
    #expect(try count("<html><head>\(element)</head></html>") == expected)
  }

  @Test(
    "D-03: pages that are none end in nothing, not in a crash",
    arguments: [
      "", "\u{0}", "<", "<meta", "<meta name=", "<html><head><meta name=\"ac-discovery\" content=\"", "<!--",
      "<![CDATA[",
      "<?xml version='1.0'?>", String(repeating: "<b>", count: 20_000), "%PDF-1.4", "{\"json\": true}",
    ])
  func broken(_ page: String) throws {
    #expect(try count(page) == 0)
  }

  @Test("D-04: 64 tags are read, the 65th is not")
  func tagLimit() throws {
    func tags(_ count: Int) -> [String] {
      (1...count).map { "example.com https://example.com/\($0)/{name}.{ext}" }
    }
    let full = try Talk.read(Talk.page(images: tags(64)))
    #expect(full.images.count == 64 && full.steps[0].warnings.isEmpty)
    let over = try Talk.read(Talk.page(images: tags(65)))
    #expect(over.images.count == 64 && !over.steps[0].warnings.isEmpty)
    #expect(try Talk.read(Talk.page(images: tags(10_000))).images.count == 64)
  }

  @Test("A tag's content of 4096 octets is read, a longer one is not")
  func contentLimit() throws {
    func content(_ length: Int) -> String {
      let start = "example.com https://example.com/"
      return start + String(repeating: "a", count: length - start.utf8.count - 5) + "{ext}"
    }
    #expect(try Talk.read(Talk.page(images: [content(4096)])).images.count == 1)
    #expect(try Talk.read(Talk.page(images: [content(4097)])).images.isEmpty)
  }
}
