import Discovery
import Fetch
import TrustModel

/// A discovery whose pages a test answers.
struct Talk {
  /// What each address answers; any other is a 404.
  var pages: [String: String] = [:]

  /// Runs a discovery over the pages.
  func discover(
    _ text: String, wanting wish: Discovery.Wish = .both, allowsHTTP: Bool = false
  ) throws -> DiscoveryResult {
    var discovery = Discovery(try DiscoveryTarget(text), wanting: wish, allowsHTTP: allowsHTTP)
    while let address = discovery.next {
      discovery.take(
        pages[address.description].map { .page(Array($0.utf8), redirects: []) } ?? .status(404, redirects: []))
    }
    return discovery.result
  }

  /// What one page at the name itself comes to.
  static func read(
    _ page: String, for text: String = "example.com/hello:1", allowsHTTP: Bool = false
  ) throws -> DiscoveryResult {
    let name = try DiscoveryTarget(text).name
    return try Talk(pages: ["https://\(name)?ac-discovery=1": page]).discover(text, allowsHTTP: allowsHTTP)
  }

  /// A page with these tags in its head.
  static func page(images: [String] = [], keys: [String] = []) -> String {
    let tags =
      images.map { "<meta name=\"ac-discovery\" content=\"\($0)\">\n" }
      + keys.map { "<meta name=\"ac-discovery-pubkeys\" content=\"\($0)\">\n" }
    return "<!DOCTYPE html><html><head><title>images</title>\n\(tags.joined())</head><body></body></html>"
  }

  /// A usual page.
  static let usual = page(
    images: ["example.com https://example.com/{name}-{version}-{os}-{arch}.{ext}"],
    keys: ["example.com https://example.com/pubkeys.asc"])
}
