import Fetch
import TestSupport
import Testing

@Suite("Fetching over https")
struct BasicFetchTests {
  @Test("A page comes with its head")
  func page() throws {
    let site = try TestSite()
    try site.answer("/page", .text("<html>hello"))
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "test")
    let answer = try Fetcher(settings).octets(FetchRequest(try Address(site.address("/page")), limits: .page))
    #expect(answer.body == Array("<html>hello".utf8))
    #expect(answer.head.status == 200)
    #expect(answer.head.length == 11)
    #expect(answer.head.contentType == "text/html")
    #expect(try site.requests("/page").count == 1)
  }

  @Test("A host without an address says so every time, and spoils nothing for others")
  func unresolved() throws {
    let site = try TestSite()
    try site.answer("/page", .text("hello"))
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "test")
    let fetcher = Fetcher(settings)
    for path in ["/one", "/two"] {
      let failure = Peer.failure {
        _ = try fetcher.octets(FetchRequest(try Address("https://nowhere.invalid\(path)"), limits: .page))
      }
      #expect(failure.word == "unreachable", "\(failure.sentence)")
    }
    #expect(try fetcher.octets(FetchRequest(try Address(site.address("/page")), limits: .page)).body.count == 5)
  }
}
