import Discovery
import Testing
import TrustModel

@Suite("Lists and places of a site")
struct SiteListTests {
  private static let id = "sha512-" + String(repeating: "a", count: 128)

  private static func row(_ file: String = "images/a.b/c/1/linux-amd64.aci", _ extra: String = "") -> String {
    #"{"name":"a.b/c","file":"\#(file)","size":5,"id":"\#(id)","labels":{"version":"1"}\#(extra)}"#
  }

  private static func list(_ rows: [String], schema: String = "keyreeve.site/1") -> SiteList? {
    SiteList(Array(#"{"schema":"\#(schema)","name":"a.b","images":[\#(rows.joined(separator: ","))]}"#.utf8))
  }

  @Test("A list is read as it was written")
  func roundTrip() throws {
    let list = try #require(Self.list([Self.row(), Self.row("images/a.b/c/0/linux-amd64.aci")]))
    let again = try #require(SiteList(list.octets))
    #expect(again.octets == list.octets && again.images.count == 2)
    #expect(again.images[0].file == "images/a.b/c/0/linux-amd64.aci" && again.images[0].labels["version"] == "1")
  }

  @Test("What is no list, or leads out of the site, is none")
  func refusals() {
    #expect(Self.list([], schema: "keyreeve.site/2") == nil)
    for file in ["", "/a.aci", "../a.aci", "a/../../b", "a//b", "./a"] { #expect(Self.list([Self.row(file)]) == nil) }
    #expect(Self.list([#"{"name":"a.b/c"}"#]) == nil)
    #expect(SiteList([]) == nil)
  }

  @Test("As many images as the limit, and one more; as many octets")
  func limits() {
    let rows = [String](repeating: Self.row(), count: SiteList.imageLimit)
    #expect(Self.list(rows)?.images.count == SiteList.imageLimit)
    #expect(Self.list(rows + [Self.row()]) == nil)
    let short = #"{"schema":"keyreeve.site/1","name":"a.b","images":[]}"#
    let spaces = String(repeating: " ", count: SiteList.octetLimit - short.utf8.count)
    #expect(SiteList(Array((short + spaces).utf8)) != nil)
    #expect(SiteList(Array((short + spaces + " ").utf8)) == nil)
  }

  @Test(
    "Labels that lead to no file have no place",
    arguments: [
      ("1.0", true), ("1.0+b~2_x-3", true), ("", false), (".", false), ("..", false), (".x", false), ("a/b", false),
      ("a b", false), ("{os}", false), ("%2e", false), ("\u{e9}", false),
    ])
  func places(version: String, isGood: Bool) throws {
    var labels = Labels()
    try? labels.add("version", version)
    try labels.add("os", "linux")
    try labels.add("arch", "amd64")
    let place = try? SiteLayout.place(of: ImageName("example.com/hello"), labels).get()
    #expect((place != nil) == isGood)
    if isGood {
      #expect(place?.folders == ["images", "example.com", "hello", version] && place?.file == "linux-amd64.aci")
    }
  }
}
