/// Reads the tokens of a document: white space, punctuation, words, numbers and strings.
struct JSONScanner {
  private let bytes: [UInt8]
  private let numbers: JSONLimits.Numbers
  private(set) var position = 0

  init(_ bytes: [UInt8], numbers: JSONLimits.Numbers) {
    (self.bytes, self.numbers) = (bytes, numbers)
  }

  func error(_ kind: JSONError.Kind) -> JSONError { JSONError(kind, at: position) }

  mutating func advance() { position += 1 }

  /// Refuses byte order marks and, by the zero octets that ASCII has in them, UTF-16 and UTF-32.
  func refuseOtherEncodings() throws(JSONError) {
    let start = bytes.prefix(4)
    let marks: [[UInt8]] = [[0xef, 0xbb, 0xbf], [0xfe, 0xff], [0xff, 0xfe]]
    guard !start.contains(0), !marks.contains(where: { start.starts(with: $0) }) else { throw error(.encoding) }
  }

  /// The next octet that is not white space, which stays unread.
  mutating func peekToken() throws(JSONError) -> UInt8 {
    skipSpace()
    guard position < bytes.count else { throw error(.unexpectedEnd) }
    return bytes[position]
  }

  /// Reads `byte` if it comes next, and says whether it did.
  mutating func skip(_ byte: UInt8) throws(JSONError) -> Bool {
    guard try peekToken() == byte else { return false }
    position += 1
    return true
  }

  mutating func expectEnd() throws(JSONError) {
    skipSpace()
    guard position == bytes.count else { throw error(.trailingText) }
  }

  /// Reads a string, a number or a word.
  mutating func scalar() throws(JSONError) -> JSON {
    switch bytes[position] {
    case UInt8(ascii: "\""): return .string(JSONString(try string()))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw error(.syntax(expected: "a value"))
    }
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0a, 0x0d: position += 1
      default: return
      }
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw error(.syntax(expected: "a value")) }
    position += word.utf8.count
    return value
  }

  // MARK: Numbers

  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    let isNegative = bytes[start] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let integer = position
    try digits()
    if bytes[integer] == UInt8(ascii: "0"), position > integer + 1 {
      throw JSONError(.syntax(expected: "a number without leading zeros"), at: integer)
    }
    let hasTail = try fractionAndExponent()
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let isMinusZero = isNegative && !hasTail && bytes[integer] == UInt8(ascii: "0")
    if !hasTail, !isMinusZero, let value = Int64(text), value.magnitude <= JSONLimits.integerLimit.magnitude {
      return .number(value)
    }
    guard numbers == .exactIntegers else { return .decimal(text) }
    throw JSONError(hasTail || isMinusZero ? .notAnInteger : .integerTooLarge, at: start)
  }

  private mutating func fractionAndExponent() throws(JSONError) -> Bool {
    let start = position
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      try digits()
    }
    return position > start
  }

  /// Reads one digit or more.
  private mutating func digits() throws(JSONError) {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
    guard position > start else {
      throw error(position < bytes.count ? .syntax(expected: "a digit") : .unexpectedEnd)
    }
  }

  // MARK: Strings

  /// Reads a string, whose opening quote is the octet at hand.
  mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    try skipPlain()
    if bytes[position] == UInt8(ascii: "\"") {
      position += 1
      return try text(bytes[start..<position - 1], at: start)
    }
    var unescaped = Array(bytes[start..<position])
    while bytes[position] != UInt8(ascii: "\"") {
      try escape(into: &unescaped)
      let plain = position
      try skipPlain()
      unescaped.append(contentsOf: bytes[plain..<position])
    }
    position += 1
    return try text(unescaped[...], at: start)
  }

  /// Moves to the next quote or backslash.
  private mutating func skipPlain() throws(JSONError) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
      guard byte >= 0x20 else { throw error(.controlCharacter(byte)) }
      position += 1
    }
    throw error(.unexpectedEnd)
  }

  private func text(_ octets: ArraySlice<UInt8>, at start: Int) throws(JSONError) -> String {
    guard let text = String(validating: octets, as: UTF8.self) else { throw JSONError(.encoding, at: start) }
    return text
  }

  private mutating func escape(into unescaped: inout [UInt8]) throws(JSONError) {
    let start = position
    guard start + 1 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
    position += 2
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(bytes[start + 1])
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0c)
    case UInt8(ascii: "n"): unescaped.append(0x0a)
    case UInt8(ascii: "r"): unescaped.append(0x0d)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"):
      guard let encoded = UTF8.encode(try escapedScalar(at: start)) else { throw JSONError(.encoding, at: start) }
      unescaped.append(contentsOf: encoded)
    default: throw JSONError(.syntax(expected: "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"), at: start)
    }
  }

  /// Reads the digits of `\uXXXX`, and of the second half where that is a surrogate.
  private mutating func escapedScalar(at start: Int) throws(JSONError) -> Unicode.Scalar {
    let first = try hexDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xdc00, bytes[position...].starts(with: "\\u".utf8) else {
      throw JSONError(.loneSurrogate, at: start)
    }
    position += 2
    let second = try hexDigits()
    guard (0xdc00...0xdfff).contains(second) else { throw JSONError(.loneSurrogate, at: start) }
    let value = 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)
    guard let scalar = Unicode.Scalar(value) else { throw JSONError(.loneSurrogate, at: start) }
    return scalar
  }

  private mutating func hexDigits() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw error(.unexpectedEnd) }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 0x0f)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        value = value << 4 | UInt32((byte & 0x0f) + 9)
      default: throw error(.syntax(expected: "four hexadecimal digits"))
      }
      position += 1
    }
    return value
  }
}
