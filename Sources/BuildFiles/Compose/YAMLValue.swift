/// A value of a YAML document, and where it stands.
struct YAMLValue {
  enum Content {
    /// Text; whether it stands there without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLValue])
    /// In the order written, no name twice.
    case mapping([(name: String, value: YAMLValue)])
  }

  let content: Content
  /// The file that it stands in; nil for the one that was asked about.
  let file: String?
  /// From 1.
  let line: Int
  /// From 1, in characters.
  let column: Int
  /// How many values it is made of, those behind aliases counted each time.
  let count: Int
  /// How many lists and mappings stand in each other.
  let depth: Int

  /// The value of a name, where it is a mapping that has it.
  subscript(_ name: String) -> YAMLValue? {
    members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// Its members, where it is a mapping.
  var members: [(name: String, value: YAMLValue)] {
    guard case .mapping(let members) = content else { return [] }
    return members
  }

  var isMapping: Bool {
    guard case .mapping = content else { return false }
    return true
  }

  /// Its elements, where it is a list.
  var elements: [YAMLValue]? {
    guard case .sequence(let elements) = content else { return nil }
    return elements
  }

  /// Its text, where it is any: not where it stands for nothing.
  var text: String? {
    guard case .scalar(let text, let isPlain) = content else { return nil }
    return isPlain && ["", "~", "null", "Null", "NULL"].contains(text) ? nil : text
  }

  /// Whether nothing stands there.
  var isNull: Bool {
    guard case .scalar = content else { return false }
    return text == nil
  }

  /// A list with other elements at the same place.
  func with(elements: [YAMLValue]) -> YAMLValue {
    YAMLValue(content: .sequence(elements), file: file, line: line, column: column, count: count, depth: depth)
  }

  /// A mapping with other members at the same place.
  func with(_ members: [(name: String, value: YAMLValue)]) -> YAMLValue {
    YAMLValue(content: .mapping(members), file: file, line: line, column: column, count: count, depth: depth)
  }
}
