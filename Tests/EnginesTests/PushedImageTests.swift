import Engines
import Testing
import TrustModel

/// What docker says when it has pushed.
@Suite("Reports of docker push")
struct PushedImageTests {
  private let digest = "sha256:" + String(repeating: "a", count: 64)

  @Test("The line with the digest is read")
  func line() throws {
    let image = try #require(PushedImage(dockerLine: "v1: digest: \(digest) size: 528".utf8))
    #expect(image.tag.name == "v1" && image.digest.description == digest && image.size == 528)
  }

  @Test(
    "No other line is",
    arguments: [
      "v1: digest: sha256:abc size: 528", "v1: digest: DIGEST size: 0", "v1: digest: DIGEST size: -1",
      "v1 digest: DIGEST size: 1",
      "v1: digest: DIGEST size: x", "-v: digest: DIGEST size: 1", "v1: digest: DIGEST size: 1 more", "abc: Pushed", "",
    ])
  func others(_ text: String) { #expect(PushedImage(dockerLine: text.replacing("DIGEST", with: digest).utf8) == nil) }
}
