import StrictJSON
import TrustModel

/// What a value in a document must look like.
indirect enum JSONShape: Sendable {
  case text, integer, boolean
  /// 40 lower-case hexadecimal digits.
  case fingerprint
  /// RFC 3339 in UTC.
  case time
  /// An absolute path.
  case path
  /// One of a closed list of words.
  case word([String])
  /// Elements of one shape.
  case list(JSONShape)
  /// Exactly these members.
  case object([String: JSONShape])
  /// Any names, values of one shape.
  case names(JSONShape)
  /// The shape, or null.
  case optional(JSONShape)

  /// Where the value is not of this shape, in words.
  func faults(_ value: JSON?, at place: String) -> [String] {
    guard let value else { return ["\(place) is missing"] }
    switch self {
    case .optional(let shape): return value == .null ? [] : shape.faults(value, at: place)
    case .list(let shape):
      guard let elements = value.array else { return ["\(place) is no list"] }
      return elements.enumerated().flatMap { shape.faults($0.element, at: "\(place)[\($0.offset)]") }
    case .names(let shape):
      guard let members = value.members else { return ["\(place) is no object"] }
      return members.flatMap { shape.faults($0.value, at: "\(place).\($0.name.text)") }
    case .object(let members): return Self.faults(value, members, at: place)
    default: return isScalarRight(value) ? [] : ["\(place) is no \(self): \(value)"]
    }
  }

  private static func faults(_ value: JSON, _ members: [String: JSONShape], at place: String) -> [String] {
    guard let found = value.members else { return ["\(place) is no object"] }
    let strange = found.map(\.name.text).filter { members[$0] == nil }.map { "\(place).\($0) is in no contract" }
    return strange
      + members.sorted { $0.key < $1.key }.flatMap { name, shape in
        shape.faults(value[JSONString(name)], at: "\(place).\(name)")
      }
  }

  private func isScalarRight(_ value: JSON) -> Bool {
    let text = value.string?.text
    switch self {
    case .integer: return value.integer != nil
    case .boolean: return value.boolean != nil
    case .text: return text != nil
    case .word(let words): return text.map(words.contains) ?? false
    case .path: return text?.hasPrefix("/") ?? false
    case .fingerprint: return text.map { $0.utf8.count == 40 && $0.allSatisfy("0123456789abcdef".contains) } ?? false
    case .time:
      return text.map { $0.hasSuffix("Z") && $0.utf8.count == 20 && Timestamp(rfc3339: $0) != nil } ?? false
    default: return false
    }
  }
}
