/// Reads the structure of a document: a stack of open containers instead of recursion, so that depth costs nothing.
struct JSONParser {
  private var scanner: JSONScanner
  private let depthLimit: Int
  private var open: [Container] = []

  init(_ bytes: [UInt8], limits: JSONLimits) {
    scanner = JSONScanner(bytes, numbers: limits.numbers)
    depthLimit = limits.depth
  }

  mutating func document() throws(JSONError) -> JSON {
    try scanner.refuseOtherEncodings()
    while true {
      guard var value = try startValue() else { continue }
      while !open.isEmpty {
        guard let closed = try add(value) else { break }
        value = closed
      }
      if open.isEmpty {
        try scanner.expectEnd()
        return value
      }
    }
  }

  /// Reads a scalar or an empty container; nil where it opened a container whose first value comes next.
  private mutating func startValue() throws(JSONError) -> JSON? {
    let byte = try scanner.peekToken()
    guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") else { return try scanner.scalar() }
    guard open.count < depthLimit else { throw scanner.error(.tooDeep(limit: depthLimit)) }
    scanner.advance()
    if byte == UInt8(ascii: "[") {
      if try scanner.skip(UInt8(ascii: "]")) { return .array([]) }
      open.append(Container(isObject: false))
    } else {
      if try scanner.skip(UInt8(ascii: "}")) { return .object([]) }
      open.append(Container(isObject: true))
      try readName()
    }
    return nil
  }

  /// Puts a complete value into the innermost container.
  ///
  /// Returns the container if that ends with it; nil if a further value comes next.
  private mutating func add(_ value: JSON) throws(JSONError) -> JSON? {
    let last = open.count - 1
    let isObject = open[last].isObject
    open[last].append(value)
    if try scanner.skip(UInt8(ascii: ",")) {
      if isObject { try readName() }
      return nil
    }
    guard try scanner.skip(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw scanner.error(.syntax(expected: isObject ? "',' or '}'" : "',' or ']'"))
    }
    return open.removeLast().value
  }

  private mutating func readName() throws(JSONError) {
    guard try scanner.peekToken() == UInt8(ascii: "\"") else {
      throw scanner.error(.syntax(expected: "a name in quotes"))
    }
    let offset = scanner.position
    let name = JSONString(try scanner.string())
    guard !name.text.utf8.contains(0) else { throw JSONError(.zeroInName, at: offset) }
    guard open[open.count - 1].begin(name) else { throw JSONError(.duplicateName(name), at: offset) }
    guard try scanner.skip(UInt8(ascii: ":")) else { throw scanner.error(.syntax(expected: "':'")) }
  }
}

/// An array or object whose end has not been read yet.
private struct Container {
  /// Up to this many names are compared one by one, which is faster than a set of them.
  static let smallCount = 8

  let isObject: Bool
  private var elements: [JSON] = []
  private var members: [JSON.Member] = []
  private var names: Set<JSONString> = []

  init(isObject: Bool) {
    self.isObject = isObject
  }

  /// Starts a member; false if its name stands in the object already.
  mutating func begin(_ name: JSONString) -> Bool {
    if members.count < Self.smallCount {
      guard !members.contains(where: { $0.name == name }) else { return false }
    } else {
      if names.isEmpty { names.formUnion(members.lazy.map(\.name)) }
      guard names.insert(name).inserted else { return false }
    }
    members.append(JSON.Member(name, .null))
    return true
  }

  /// Adds an element, or the value of the member that was begun last.
  mutating func append(_ value: JSON) {
    if isObject {
      members[members.count - 1].value = value
    } else {
      elements.append(value)
    }
  }

  var value: JSON { isObject ? .object(members) : .array(elements) }
}
