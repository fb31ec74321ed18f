internal import SwiftASN1

/// PEM blocks, one behind the other.
///
/// Source: RFC 7468.
enum PEMText {
  /// The most blocks that a text may hold.
  static let limit = 16

  /// The octets of every block of a kind; nil where the text holds anything else, none, or more than the limit.
  static func blocks(_ text: String, of kind: String) -> [[UInt8]]? {
    guard let documents = try? PEMDocument.parseMultiple(pemString: text), !documents.isEmpty,
      documents.count <= limit, documents.allSatisfy({ $0.discriminator == kind })
    else { return nil }
    return documents.map(\.derBytes)
  }
}
