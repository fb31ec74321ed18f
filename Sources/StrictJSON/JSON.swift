/// A JSON value, as strict as a signed document needs: unique names, exact numbers, text compared by octets.
///
/// Source: RFC 8259, narrowed by reference/security.md section 3.2.
public enum JSON: Sendable, Equatable {
  /// Members in the order written, their names unique.
  case object([Member])
  /// Elements in order.
  case array([JSON])
  /// Text.
  case string(JSONString)
  /// An integer within ±(2^53-1).
  case number(Int64)
  /// Any other number, as it was written; read only with `JSONLimits.Numbers.anyNumber`.
  case decimal(String)
  /// True or false.
  case bool(Bool)
  /// Null.
  case null

  /// A name and its value in an object.
  public struct Member: Sendable, Equatable {
    /// The name.
    public var name: JSONString
    /// The value.
    public var value: JSON

    /// A member.
    public init(_ name: JSONString, _ value: JSON) {
      (self.name, self.value) = (name, value)
    }
  }

  /// Reads one document, in time linear in its length and without recursion.
  ///
  /// - Throws: `JSONError` with the rule that is broken and the offset.
  public static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSON {
    guard bytes.count <= limits.octets else { throw JSONError(.tooLong(limit: limits.octets), at: limits.octets) }
    var parser = JSONParser(bytes, limits: limits)
    return try parser.document()
  }
}
