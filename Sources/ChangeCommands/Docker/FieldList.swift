internal import ReadCommands
internal import TrustModel

/// The comma-separated fields of an option's value, in one of which an image may be named: `type=image,source=NAME`.
struct FieldList {
  /// The type that names an image; nil where every list does.
  let type: String?
  /// The fields that hold its name.
  let keys: Set<String>

  /// The value with another name for its image.
  ///
  /// - Throws: `CommandFailure` for quotes, by which engines read it as a line of a table.
  func rewriting(_ value: String, _ body: (String) throws -> String) throws -> String {
    let plain = value.filter { $0 != "\"" }
    guard names(plain) else { return value }
    guard plain.utf8.elementsEqual(value.utf8) else {
      throw CommandFailure(.usage, "\(VisibleText(value, limit: 200)): write the fields of an image without quotes")
    }
    var fields = Self.fields(value)
    for (index, field) in fields.enumerated() {
      guard let (key, name) = Self.parts(field), keys.contains(key) else { continue }
      fields[index] = field.prefix(field.count - name.count) + (try body(name))
    }
    return fields.joined(separator: ",")
  }

  private func names(_ value: String) -> Bool {
    guard let type else { return true }
    return Self.fields(value).contains { $0.lowercased() == "type=" + type }
  }

  private static func fields(_ value: String) -> [String] {
    value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  private static func parts(_ field: String) -> (key: String, value: String)? {
    guard let equals = field.firstIndex(of: "=") else { return nil }
    return (field[..<equals].lowercased(), String(field[field.index(after: equals)...]))
  }
}
