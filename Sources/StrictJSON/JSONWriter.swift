extension JSON {
  /// The document as UTF-8, members in their order, without a line end behind it.
  ///
  /// Whatever the strings hold, the result is JSON and harmless on a terminal: control characters (C0, DEL, C1), line
  /// separators, bidirectional and other format characters are escaped. Not the canonical form of any signing scheme.
  ///
  /// - Parameter pretty: two spaces a level and a member a line, for people; else no space at all.
  public func encoded(pretty: Bool = false) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty)
    writer.write(self, depth: 0)
    return writer.bytes
  }
}

/// Collects the octets of one document.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let pretty: Bool

  init(pretty: Bool) {
    self.pretty = pretty
  }

  mutating func write(_ value: JSON, depth: Int) {
    switch value {
    case .object(let members):
      writeContainer("{", "}", members, depth: depth) { writer, member in
        writer.write(member.name)
        writer.append(writer.pretty ? ": " : ":")
        writer.write(member.value, depth: depth + 1)
      }
    case .array(let elements):
      writeContainer("[", "]", elements, depth: depth) { $0.write($1, depth: depth + 1) }
    case .string(let text): write(text)
    case .number(let number): append(String(number))
    case .decimal(let text): append(text)
    case .bool(let value): append(value ? "true" : "false")
    case .null: append("null")
    }
  }

  private mutating func writeContainer<Element>(
    _ open: String, _ close: String, _ elements: [Element], depth: Int, _ body: (inout JSONWriter, Element) -> Void
  ) {
    append(open)
    for (offset, element) in elements.enumerated() {
      if offset > 0 { append(",") }
      startLine(depth + 1)
      body(&self, element)
    }
    if !elements.isEmpty { startLine(depth) }
    append(close)
  }

  private mutating func startLine(_ depth: Int) {
    guard pretty else { return }
    append("\n" + String(repeating: "  ", count: depth))
  }

  private mutating func write(_ string: JSONString) {
    append("\"")
    for scalar in string.text.unicodeScalars {
      switch scalar {
      case "\"": append("\\\"")
      case "\\": append("\\\\")
      case "\n": append("\\n")
      case "\r": append("\\r")
      case "\t": append("\\t")
      case "\u{8}": append("\\b")
      case "\u{c}": append("\\f")
      case _ where Self.mustBeEscaped(scalar):
        for unit in UTF16.encode(scalar) ?? .init() { append("\\u" + Self.hex(unit)) }
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    append("\"")
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7f { return scalar.value < 0x20 }
    if scalar.value < 0xa0 { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }

  private static func hex(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
