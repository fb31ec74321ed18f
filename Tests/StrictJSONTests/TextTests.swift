import StrictJSON
import Testing

@Suite struct TextTests {
  @Test("names that differ only in normalization are two members (J-03)")
  func normalization() throws {
    let composed = JSONString("\u{e9}")
    let decomposed = JSONString("e\u{301}")
    let json = try JSON.parse(Array("{\"\u{e9}\":1,\"e\u{301}\":2}".utf8))
    #expect(json.members?.count == 2)
    #expect(json[composed] == 1)
    #expect(json[decomposed] == 2)
    #expect(JSON.string(composed) != JSON.string(decomposed))
    #expect(Set([composed, decomposed]).count == 2)
  }

  @Test("text is ordered by octets (J-04)")
  func order() {
    let sorted = ["z", "\u{e9}", "e\u{301}", "", "zz"].map { JSONString($0) }.sorted()
    #expect(sorted == ["", "e\u{301}", "z", "zz", "\u{e9}"])
  }

  @Test("names that differ in case are two members (J-15)")
  func upperCase() throws {
    #expect(try JSON.parse(Array(#"{"a":1,"A":2}"#.utf8)).members?.count == 2)
  }

  @Test("true is no number and text is no number (J-08)")
  func kinds() throws {
    let json = try JSON.parse(Array(#"[true,"1",1,null,{}]"#.utf8))
    let elements = try #require(json.array)
    #expect(elements.map(\.integer) == [nil, nil, 1, nil, nil])
    #expect(elements.map(\.boolean) == [true, nil, nil, nil, nil])
    #expect(elements.map(\.string) == [nil, "1", nil, nil, nil])
    #expect(elements.map { $0.members == nil } == [true, true, true, true, false])
    #expect(json["a"] == nil)
  }

  @Test("every escape is read")
  func escapes() throws {
    let json = try JSON.parse(Array(#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00\u0000""#.utf8))
    #expect(json == .string(JSONString("\"\\/\u{8}\u{c}\n\r\tA\u{e9}\u{1f600}\0")))
  }

  /// A text and how it must be written.
  struct Escape: Sendable, CustomTestStringConvertible {
    let text: String
    let written: String

    init(_ text: String, _ written: String) { (self.text, self.written) = (text, written) }

    var testDescription: String { written }
  }

  @Test(
    "what a terminal would act on is written as an escape",
    arguments: [
      Escape("\u{1b}[2J", #""\u001b[2J""#), Escape("\0", #""\u0000""#), Escape("\u{7f}\u{9b}", #""\u007f\u009b""#),
      Escape("\u{2028}\u{2029}", #""\u2028\u2029""#), Escape("\u{202e}", #""\u202e""#),
      Escape("\u{e0041}", #""\udb40\udc41""#), Escape("\u{1f600}\u{e9}/", "\"\u{1f600}\u{e9}/\""),
      Escape("\"\\\n\r\t\u{8}\u{c}", #""\"\\\n\r\t\b\f""#),
    ])
  func writing(_ escape: Escape) {
    #expect(String(decoding: JSON(escape.text).encoded(), as: UTF8.self) == escape.written)
  }

  @Test("a document is built from literals and written in its order, for machines and for people")
  func building() {
    let rows: [JSON] = [["file": "/etc/x"], []]
    let json: JSON = [
      "schema": "keyreeve.keys/1", "accepted": false, "count": 2, "rows": .array(rows), "by": JSON(nil as String?),
    ]
    #expect(
      String(decoding: json.encoded(), as: UTF8.self)
        == #"{"schema":"keyreeve.keys/1","accepted":false,"count":2,"rows":[{"file":"/etc/x"},[]],"by":null}"#)
    #expect(
      String(decoding: (["a": [1], "b": [:]] as JSON).encoded(pretty: true), as: UTF8.self)
        == "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}")
  }

  @Test("a Swift integer that not every reader holds becomes a string of its digits")
  func largeIntegers() {
    #expect(JSON(UInt64.max) == "18446744073709551615")
    #expect(JSON(Int64.min) == "-9223372036854775808")
    #expect(JSON(9_007_199_254_740_991) == .number(9_007_199_254_740_991))
    #expect(JSON(nil as Int?) == .null)
    #expect(JSON(["a", "e\u{301}"]) == ["a", "e\u{301}"])
  }
}
