import StrictJSON
import Testing

/// What the reader of canonical form takes, the strict reader takes too; what it does not take is left to that one.
@Suite struct CanonicalObjectTests {
  private static let sample =
    #"{"a":{"x":[],"y":{},"é":"\#u{7f}ü"},"b":[-1,0,{"k":null},"t"],"list":{"one":{"n":1},"two":[true,false]},"z":999999999999999}"#

  private func object(_ text: String, depth: Int = 64, listing: JSONString = "list") -> CanonicalObject? {
    CanonicalObject(in: Array(text.utf8), at: 0, depth: depth, listing: listing)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: Array(Self.sample.utf8)[range], as: UTF8.self)
  }

  @Test("members and what is listed are found where they stand")
  func places() throws {
    let found = try #require(object(Self.sample))
    #expect(found.range == 0..<Self.sample.utf8.count)
    #expect(found.members.map { text($0.name) } == ["a", "b", "list", "z"])
    #expect(found.members.map { text($0.value) }.last == "999999999999999")
    let listing = try #require(found.listing)
    #expect(listing.map { text($0.name) } == ["one", "two"])
    #expect(listing.map { text($0.value) } == [#"{"n":1}"#, "[true,false]"])
    #expect(object(#"{"list":[]}"#)?.listing == nil)
    #expect(object(#"{"a":{"list":{"b":1}}}"#)?.listing == nil)
    #expect(object(#"{"list":{}}"#)?.listing?.isEmpty == true)
  }

  @Test("an object within a document begins and ends where it stands")
  func within() throws {
    let octets = Array(#"[{"a":1},2]"#.utf8)
    #expect(CanonicalObject(in: octets, at: 1, depth: 64, listing: "")?.range == 1..<8)
    #expect(CanonicalObject(in: octets, at: 0, depth: 64, listing: "") == nil)
    #expect(CanonicalObject(in: octets, at: 11, depth: 64, listing: "") == nil)
  }

  @Test(
    "what is no canonical form is not taken",
    arguments: [
      #" {"a":1}"#, #"{ "a":1}"#, #"{"a" :1}"#, #"{"a": 1}"#, #"{"a":1 }"#, #"{"a":1,}"#, #"{"a":[1,]}"#, #"{"a":}"#,
      #"{"b":1,"a":2}"#, #"{"a":1,"a":2}"#, #"{"ab":1,"a":2}"#, #"{"a":{"c":1,"b":2}}"#, #"{"a":{"b":1,"b":2}}"#,
      #"{"a":"\n"}"#, #"{"a":"\\"}"#, #"{"a":"\""}"#, #"{"\u0061":1}"#, #"{"a":00}"#, #"{"a":01}"#, #"{"a":-0}"#,
      #"{"a":-}"#, #"{"a":-01}"#, #"{"a":1.0}"#, #"{"a":1e3}"#, #"{"a":1000000000000000}"#, #"{"a":+1}"#,
      #"{"a":tru}"#, #"{"a":nul"#, #"{"a":True}"#, "{\"a\":\"\t\"}", "{\"a\":\"\u{0}\"}", "[]", "1", "",
    ])
  func others(text: String) { #expect(object(text) == nil) }

  @Test(
    "octets that are no UTF-8 are not taken (J-03)",
    arguments: [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xc3]] as [[UInt8]])
  func encoding(octets: [UInt8]) {
    for whole in [
      Array(#"{"a":""#.utf8) + octets + Array(#""}"#.utf8), Array(#"{""#.utf8) + octets + Array(#"":1}"#.utf8),
    ] {
      #expect(CanonicalObject(in: whole, at: 0, depth: 64, listing: "") == nil)
    }
  }

  @Test("as deep as the limit, and one deeper (J-12)", arguments: [1, 2, 64])
  func depth(limit: Int) {
    func nested(_ depth: Int) -> String {
      String(repeating: #"{"a":"#, count: depth - 1) + "{}" + String(repeating: "}", count: depth - 1)
    }
    #expect(object(nested(limit), depth: limit) != nil && object(nested(limit + 1), depth: limit) == nil)
    #expect(object(#"{"list":{"a":[]}}"#, depth: 3)?.listing?.count == 1)
    #expect(object(#"{"list":{"a":[]}}"#, depth: 2) == nil)
    #expect(object(nested(100_000), depth: 64) == nil)
  }

  @Test("no beginning of a document is taken for a whole one")
  func prefixes() {
    let octets = Array(Self.sample.utf8)
    for count in octets.indices {
      #expect(CanonicalObject(in: Array(octets[..<count]), at: 0, depth: 64, listing: "list") == nil)
    }
  }

  @Test("with any octet changed, what is taken is what the strict reader takes, to the same members")
  func changed() throws {
    let octets = Array(Self.sample.utf8)
    var taken = 0
    for place in octets.indices {
      for octet in UInt8.min...UInt8.max {
        var changed = octets
        changed[place] = octet
        guard let found = CanonicalObject(in: changed, at: 0, depth: 64, listing: "list") else { continue }
        taken += 1
        let tree = try JSON.parse(Array(changed[found.range]))
        let names = found.members.map { JSONString(String(decoding: changed[$0.name], as: UTF8.self)) }
        guard tree.members?.map(\.name) == names, tree["list"]?.members?.count == found.listing?.count else {
          Issue.record("octet \(place) as \(octet)")
          return
        }
      }
    }
    #expect(taken > octets.count)
  }
}
