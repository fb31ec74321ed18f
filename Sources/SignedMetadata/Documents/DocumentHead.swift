internal import StrictJSON
public import TrustModel

/// What every document says of itself.
public struct DocumentHead: Sendable, Hashable {
  /// Its version, from 1.
  public let version: Int64
  /// From this moment on it counts no more.
  public let expires: Timestamp

  init(_ fields: FieldReader, _ envelope: Envelope) throws(MetadataError) {
    let (role, dialect) = (envelope.role, envelope.dialect)
    let type = try fields.string("_type")
    guard type == dialect.typeName(of: role) else { throw MetadataError(role, .type(type.text)) }
    if dialect == .tuf { try Self.checkSpecification(fields, role) }
    version = try fields.integer("version", in: 1...JSONLimits.integerLimit)
    let text = try fields.string("expires").text
    guard let expires = Self.moment(text, dialect) else {
      throw fields.error("expires is no moment: \(text)")
    }
    self.expires = expires
  }

  /// The names of the fields that every document has.
  static let names: [JSONString] = ["_type", "spec_version", "version", "expires"]

  /// TUF writes one form alone; Go writes any offset and up to nine digits of a second.
  private static func moment(_ text: String, _ dialect: Dialect) -> Timestamp? {
    if dialect == .tuf, text.utf8.count != 20 || !text.utf8.reversed().starts(with: "Z".utf8) { return nil }
    return Timestamp(rfc3339: text)
  }

  private static func checkSpecification(_ fields: FieldReader, _ role: RoleName) throws(MetadataError) {
    let text = try fields.string("spec_version").text
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let areNumbers = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard areNumbers, parts.count <= 3, parts[0] == "1" else {
      throw MetadataError(role, .specificationVersion(text))
    }
  }

  /// TUF counts a document until the moment before it expires, Notary also at that moment.
  func check(_ role: RoleName, _ dialect: Dialect, at now: Timestamp) throws(MetadataError) {
    let counts = dialect == .tuf ? now < expires : now <= expires
    guard counts else { throw MetadataError(role, .expired(expires)) }
  }
}
