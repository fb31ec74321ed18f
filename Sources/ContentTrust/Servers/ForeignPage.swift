internal import Fetch
internal import TrustModel

/// What came with status 200 in the place of signed metadata and is none at all, as the login page of a network is.
///
/// Nobody has signed it, so that it says nothing of the repository: it counts like a server out of reach, and what was kept holds
/// until it expires. Whoever can put a page there could as well send nothing.
struct ForeignPage: CustomStringConvertible {
  private let address: String
  private let found: String

  /// Nil for what begins as signed metadata does, which is read and judged by its contents.
  init?(_ head: FetchHead, _ body: [UInt8]) {
    let start = body.first { !Self.blanks.contains($0) }
    guard start != UInt8(ascii: "{") else { return nil }
    address = VisibleText(head.address.description, limit: 300).description
    let type = head.contentType.map { " (\(VisibleText($0, limit: 80)))" } ?? ""
    switch start {
    case nil: found = "an empty answer\(type)"
    case UInt8(ascii: "<"): found = "what begins like a web page\(type)"
    default: found = "what is no JSON object\(type)"
    }
  }

  /// The address, what was expected, what came, and what to do.
  var description: String {
    "\(address): signed JSON metadata was expected, and \(found) came: log in to this network with a web browser, or check "
      + "--server"
  }

  private static let blanks: [UInt8] = [0x20, 0x09, 0x0a, 0x0d]
}
