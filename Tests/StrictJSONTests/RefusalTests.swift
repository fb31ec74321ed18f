import StrictJSON
import Testing

/// A document that must be refused; described by its row of reference/security.md section 3.2.
struct Refusal: Sendable, CustomTestStringConvertible {
  let row: String
  let bytes: [UInt8]
  let kind: JSONError.Kind
  let offset: Int

  init(_ row: String, _ text: String, _ kind: JSONError.Kind, at offset: Int) {
    self.init(row, Array(text.utf8), kind, at: offset)
  }

  init(_ row: String, _ bytes: [UInt8], _ kind: JSONError.Kind, at offset: Int) {
    (self.row, self.bytes, self.kind, self.offset) = (row, bytes, kind, offset)
  }

  var testDescription: String { row + " " + String(reflecting: String(decoding: bytes.prefix(40), as: UTF8.self)) }
}

private let value = JSONError.Kind.syntax(expected: "a value")
private let name = JSONError.Kind.syntax(expected: "a name in quotes")
private let digit = JSONError.Kind.syntax(expected: "a digit")
private let leadingZero = JSONError.Kind.syntax(expected: "a number without leading zeros")

@Suite struct RefusalTests {
  static let structure: [Refusal] = [
    Refusal("J-01", #"{"version":1,"version":2}"#, .duplicateName("version"), at: 13),
    Refusal("J-02", #"{"version":1,"\u0076ersion":2}"#, .duplicateName("version"), at: 13),
    Refusal(
      "J-01 beyond the small count", "{" + (0..<20).map { #""k\#($0)":0"# }.joined(separator: ",") + #","k3":1}"#,
      .duplicateName("k3"), at: 151),
    Refusal("J-09", "[1,]", value, at: 3),
    Refusal("J-09", #"{"a":1,}"#, name, at: 7),
    Refusal("J-14 trailing text", "{} x", .trailingText, at: 3),
    Refusal("J-14 second document", "{}{}", .trailingText, at: 2),
    Refusal("J-14 comment", "/* c */ 1", value, at: 0),
    Refusal("J-14 single quotes", "{'a':1}", name, at: 1),
    Refusal("J-14 missing colon", #"{"a" 1}"#, .syntax(expected: "':'"), at: 5),
    Refusal("J-14 missing comma", "[1 2]", .syntax(expected: "',' or ']'"), at: 3),
    Refusal("J-14 wrong bracket", #"{"a":1]"#, .syntax(expected: "',' or '}'"), at: 6),
    Refusal("J-14 NaN", "NaN", value, at: 0),
    Refusal("J-14 word", "nul", value, at: 0),
    Refusal("empty", "", .unexpectedEnd, at: 0),
    Refusal("spaces alone", " \n", .unexpectedEnd, at: 2),
    Refusal("cut array", "[1", .unexpectedEnd, at: 2),
    Refusal("cut object", #"{"a":"#, .unexpectedEnd, at: 5),
    Refusal("cut after minus", "-", .unexpectedEnd, at: 1),
  ]

  static let numbers: [Refusal] = [
    Refusal("J-06", "1.0", .notAnInteger, at: 0),
    Refusal("J-06", "1e2", .notAnInteger, at: 0),
    Refusal("J-06", "-0", .notAnInteger, at: 0),
    Refusal("J-06", "[1.5]", .notAnInteger, at: 1),
    Refusal("J-06", "1e400", .notAnInteger, at: 0),
    Refusal("J-07 2^53", "9007199254740992", .integerTooLarge, at: 0),
    Refusal("J-07 -2^53", "-9007199254740992", .integerTooLarge, at: 0),
    Refusal("J-07 2^63", "9223372036854775808", .integerTooLarge, at: 0),
    Refusal("J-07 -2^63", "-9223372036854775808", .integerTooLarge, at: 0),
    Refusal("J-07 5,000 digits", String(repeating: "9", count: 5_000), .integerTooLarge, at: 0),
    Refusal("J-14 01", "01", leadingZero, at: 0),
    Refusal("J-14 -01", "-01", leadingZero, at: 1),
    Refusal("J-14 +1", "+1", value, at: 0),
    Refusal("J-14 .5", ".5", value, at: 0),
    Refusal("J-14 1.", "1.x", digit, at: 2),
    Refusal("J-14 1e", "[1e]", digit, at: 3),
  ]

  static let encodings: [Refusal] = [
    Refusal("J-10 mark", [0xef, 0xbb, 0xbf] + Array("{}".utf8), .encoding, at: 0),
    Refusal("J-10 UTF-16 LE", [0x7b, 0, 0x7d, 0], .encoding, at: 0),
    Refusal("J-10 UTF-16 BE", [0, 0x7b, 0, 0x7d], .encoding, at: 0),
    Refusal("J-10 UTF-16 mark", [0xff, 0xfe, 0x7b, 0], .encoding, at: 0),
    Refusal("J-10 UTF-32", [0, 0, 0, 0x31], .encoding, at: 0),
    Refusal("J-11 control character", Array("\"a\nb\"".utf8), .controlCharacter(0x0a), at: 2),
    Refusal("J-11 raw NUL", Array("\"abcd\0\"".utf8), .controlCharacter(0), at: 5),
    Refusal("J-11 high half", #""\ud800""#, .loneSurrogate, at: 1),
    Refusal("J-11 low half", #""\udc00""#, .loneSurrogate, at: 1),
    Refusal("J-11 two high halves", #""\ud800\ud800""#, .loneSurrogate, at: 1),
    Refusal("J-11 overlong", [0x22, 0xc0, 0xaf, 0x22], .encoding, at: 1),
    Refusal("J-11 surrogate as UTF-8", [0x22, 0xed, 0xa0, 0x80, 0x22], .encoding, at: 1),
    Refusal("J-11 above U+10FFFF", [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], .encoding, at: 1),
    Refusal("J-11 after an escape", [0x22, 0x5c, 0x6e, 0xff, 0x22], .encoding, at: 1),
    Refusal("J-11 NUL in a name", #"{"a\u0000":1}"#, .zeroInName, at: 1),
    Refusal("unknown escape", #""\x41""#, .syntax(expected: #"one of \" \\ \/ \b \f \n \r \t \u"#), at: 1),
    Refusal("short escape", #""\u00g0""#, .syntax(expected: "four hexadecimal digits"), at: 5),
    Refusal("cut escape", #""\u00"#, .unexpectedEnd, at: 5),
    Refusal("cut string", #""ab"#, .unexpectedEnd, at: 3),
    Refusal("cut at backslash", #""ab\"#, .unexpectedEnd, at: 4),
  ]

  @Test("refuses what breaks the rules, with the rule and the place", arguments: structure + numbers + encodings)
  func refuses(_ refusal: Refusal) {
    #expect(throws: JSONError(refusal.kind, at: refusal.offset)) { try JSON.parse(refusal.bytes) }
  }

  @Test("an error's sentence names the place from 1 and shows no control character")
  func sentence() {
    #expect(
      JSONError(.duplicateName("a\u{1b}[2J"), at: 4).description
        == #"JSON is refused at octet 5: the name "a\u001b[2J" stands twice in one object"#)
  }
}
