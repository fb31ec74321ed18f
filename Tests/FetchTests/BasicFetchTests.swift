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
}
