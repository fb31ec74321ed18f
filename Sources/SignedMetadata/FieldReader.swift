internal import StrictJSON
internal import TrustModel

/// Reads the fields of one object of a document, each by its exact name and kind.
///
/// Source: reference/security.md, rows T-67 and J-15.
struct FieldReader {
  let role: RoleName
  let dialect: Dialect
  let place: String
  private let members: [JSON.Member]

  /// The fields of `value`, which must be an object; `known` are the names that it may have a meaning for.
  init(
    _ value: JSON?, _ place: String, of role: RoleName, _ dialect: Dialect, known: [JSONString] = []
  ) throws(MetadataError) {
    (self.role, self.dialect, self.place) = (role, dialect, place)
    guard let members = value?.members else {
      throw MetadataError(role, .schema("\(place) must be an object"))
    }
    self.members = members
    try refuseOtherCase(of: known)
  }

  /// Notary's own reader takes `VERSION` for `version`: two readers must never see two documents.
  private func refuseOtherCase(of known: [JSONString]) throws(MetadataError) {
    guard dialect == .notary, !known.isEmpty, members.count <= 64 else { return }
    for member in members where !known.contains(member.name) {
      let lower = JSONString(member.name.text.lowercased())
      if known.contains(lower) {
        throw error("\(place).\(member.name.text) differs from a known field by its case only")
      }
    }
  }

  func error(_ problem: String) -> MetadataError { MetadataError(role, .schema(problem)) }

  subscript(name: JSONString) -> JSON? { members.first { $0.name == name }?.value }

  var all: [JSON.Member] { members }

  func string(_ name: JSONString) throws(MetadataError) -> JSONString {
    guard let text = self[name]?.string else { throw error("\(place).\(name.text) must be a string") }
    return text
  }

  func members(_ name: JSONString) throws(MetadataError) -> [JSON.Member] {
    guard let members = self[name]?.members else { throw error("\(place).\(name.text) must be an object") }
    return members
  }

  func array(_ name: JSONString) throws(MetadataError) -> [JSON] {
    guard let array = self[name]?.array else { throw error("\(place).\(name.text) must be an array") }
    return array
  }

  /// An array that Go writes as `null` where it is empty.
  func arrayOrNull(_ name: JSONString) throws(MetadataError) -> [JSON] {
    if dialect == .notary, self[name] == .null || self[name] == nil { return [] }
    return try array(name)
  }

  func strings(_ elements: [JSON], _ name: String) throws(MetadataError) -> [JSONString] {
    var texts: [JSONString] = []
    texts.reserveCapacity(elements.count)
    for element in elements {
      guard let text = element.string else { throw error("\(place).\(name) must hold strings") }
      texts.append(text)
    }
    return texts
  }

  func integer(_ name: JSONString, in range: ClosedRange<Int64>) throws(MetadataError) -> Int64 {
    guard let value = self[name]?.integer, range.contains(value) else {
      throw error("\(place).\(name.text) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}
