import ContentChange
import Testing

@Suite("Requests for passphrases")
struct KeyRequestTests {
  @Test("A request names its key, role and repository")
  func names() {
    let request = KeyRequest(nil, role: "targets", repository: "example.com/app", purpose: "to sign targets")
    #expect(request.role == "targets" && request.repository == "example.com/app" && request.id == nil)
  }
}
