/// Looking into a value: nil wherever it is of another kind.
extension JSON {
  /// The value of the member called `name`, compared by octets; a linear search.
  public subscript(name: JSONString) -> JSON? {
    members?.first { $0.name == name }?.value
  }

  /// The members of an object.
  public var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The elements of an array.
  public var array: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The text of a string.
  public var string: JSONString? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value of a whole number; `true` is none, and neither is `"1"`.
  public var integer: Int64? {
    if case .number(let value) = self { value } else { nil }
  }

  /// The value of true or false; 1 is neither.
  public var boolean: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
}
