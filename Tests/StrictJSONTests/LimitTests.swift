import StrictJSON
import Testing

@Suite struct LimitTests {
  static func nested(_ depth: Int) -> [UInt8] {
    Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
  }

  @Test("64 levels are read, 65 are not, and a hundred thousand cost no stack (J-12)")
  func depth() throws {
    #expect(try JSON.parse(Self.nested(64)).array?.count == 1)
    #expect(throws: JSONError(.tooDeep(limit: 64), at: 64)) { try JSON.parse(Self.nested(65)) }
    #expect(throws: JSONError(.tooDeep(limit: 64), at: 64)) { try JSON.parse(Self.nested(100_000)) }
    let objects = String(repeating: #"{"a":"#, count: 65) + "1" + String(repeating: "}", count: 65)
    #expect(throws: JSONError(.tooDeep(limit: 64), at: 320)) { try JSON.parse(Array(objects.utf8)) }
  }

  @Test("a document as long as the limit is read, one octet more is refused before it is looked at (J-13)")
  func length() throws {
    let limits = JSONLimits(octets: 4)
    #expect(try JSON.parse(Array("[12]".utf8), limits: limits) == [12])
    #expect(throws: JSONError(.tooLong(limit: 4), at: 4)) { try JSON.parse(Array("[123]".utf8), limits: limits) }
  }

  @Test("integers up to 2^53-1 are exact in both directions (J-07)", arguments: [Int64(1), -1])
  func integers(sign: Int64) throws {
    let value = sign * 9_007_199_254_740_991
    #expect(try JSON.parse(Array(String(value).utf8)) == .number(value))
  }

  @Test("with any number allowed, what is no exact integer keeps its text and is no integer")
  func anyNumber() throws {
    let limits = JSONLimits(numbers: .anyNumber)
    for text in ["1.0", "-0", "1e400", "9007199254740992", "0.25E-3"] {
      let json = try JSON.parse(Array(text.utf8), limits: limits)
      #expect(json == .decimal(text))
      #expect(json.integer == nil)
      #expect(json.encoded() == Array(text.utf8))
    }
    #expect(try JSON.parse(Array("7".utf8), limits: limits) == 7)
    #expect(throws: JSONError(.syntax(expected: "a number without leading zeros"), at: 0)) {
      try JSON.parse(Array("00.5".utf8), limits: limits)
    }
  }

  @Test("time grows with the length, not with its square (J-13)", .timeLimit(.minutes(2)))
  func linear() throws {
    func duration(keys: Int) throws -> Duration {
      let text = "{" + (0..<keys).map { "\"key-number-\($0)\":[]" }.joined(separator: ",") + "}"
      let bytes = Array(text.utf8)
      let start = ContinuousClock.now
      let json = try JSON.parse(bytes)
      let duration = ContinuousClock.now - start
      #expect(json.members?.count == keys)
      return duration
    }
    let small = try duration(keys: 20_000)
    let large = try duration(keys: 200_000)
    #expect(large < small * 40)
  }
}
