public import TrustModel

/// A JSON document that may hold secrets, read where it lies: no tree of it is made, and no Swift String of what it keeps.
///
/// Strict about structure, unlike docker: what is not understood, or stands twice, is an error and not passed over.
public struct SecretDocument: Sendable {
  /// A value by where it lies.
  struct Value {
    let range: Range<Int>
    /// Its first octet, which tells what it is.
    let kind: UInt8
  }

  /// The document is not as it should be.
  struct Malformed: Error {}

  private let octets: SecretOctets
  /// The whole.
  let root: Value

  /// Reads a document whose root is an object; nil for anything else.
  public init?(_ octets: SecretOctets) {
    guard let document = try? SecretDocument(reading: octets) else { return nil }
    self = document
  }

  private init(reading octets: SecretOctets) throws(Malformed) {
    self.octets = octets
    var scan = SecretScan(octets)
    root = try scan.value(depth: 0)
    guard root.kind == UInt8(ascii: "{"), scan.isAtEnd else { throw Malformed() }
  }

  /// The members of an object, by where their names and values lie.
  func members(of object: Value) throws(Malformed) -> [(name: Range<Int>, value: Value)] {
    guard object.kind == UInt8(ascii: "{") else { throw Malformed() }
    var scan = SecretScan(octets, from: object.range.lowerBound)
    return try scan.members(depth: 0)
  }

  /// One member of an object; nil where it is not there, or null.
  ///
  /// - Throws: `Malformed` where it stands twice.
  func member(_ name: String, of object: Value) throws(Malformed) -> Value? {
    let found = try members(of: object).filter { octets[$0.name].elementsEqual(name.utf8) }
    guard found.count <= 1 else { throw Malformed() }
    return found.first.flatMap { $0.value.kind == UInt8(ascii: "n") ? nil : $0.value }
  }

  /// The first of these members at the root that is a string with something in it.
  public func secret(_ names: String...) -> SecretOctets? {
    for name in names {
      if let value = try? member(name, of: root), let text = try? secret(value), !text.isEmpty { return text }
    }
    return nil
  }

  /// A string, unescaped.
  func secret(_ value: Value) throws(Malformed) -> SecretOctets {
    guard value.kind == UInt8(ascii: "\"") else { throw Malformed() }
    guard let text = SecretText.unescaped(octets[(value.range.lowerBound + 1)..<(value.range.upperBound - 1)]) else {
      throw Malformed()
    }
    return text
  }

  /// A string that is no secret.
  func text(_ value: Value) throws(Malformed) -> String {
    guard let text = String(validating: try secret(value), as: UTF8.self) else { throw Malformed() }
    return text
  }

  /// A name that is no secret, as it stands there.
  func name(_ range: Range<Int>) -> String { String(decoding: octets[range], as: UTF8.self) }
}
