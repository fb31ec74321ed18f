internal import Fetch
internal import TrustModel

/// Files as a browser would post them: what notary-server takes.
///
/// Source: RFC 7578; reference/docker-content-trust.md, section 4, "POST".
enum MultipartBody {
  /// The body with one part for each document, under a boundary that stands in none of them.
  static func encoded(_ documents: [PublishedDocument]) -> SentBody {
    let boundary = newBoundary
    var pieces: [UInt8] = []
    pieces.reserveCapacity(documents.reduce(100) { $0 + $1.octets.count + 300 })
    for document in documents {
      pieces += Array("--\(boundary)\r\n".utf8)
      pieces += Array(#"Content-Disposition: form-data; name="files"; filename="\#(document.role)""#.utf8)
      pieces += Array("\r\nContent-Type: application/octet-stream\r\n\r\n".utf8)
      pieces += document.octets + [0x0d, 0x0a]
    }
    pieces += Array("--\(boundary)--\r\n".utf8)
    return .document(SecretOctets(pieces), type: "multipart/form-data; boundary=\(boundary)")
  }

  /// 128 random bits: the chance that a document holds them is nothing to think of.
  private static var newBoundary: String {
    var random = SystemRandomNumberGenerator()
    return (0..<2).map { _ in String(UInt64.random(in: .min ... .max, using: &random), radix: 36) }.joined(
      separator: "-")
  }
}
