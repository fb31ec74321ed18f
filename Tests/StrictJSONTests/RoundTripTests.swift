import StrictJSON
import TestSupport
import Testing

@Suite struct RoundTripTests {
  private static func text(_ random: inout SeededRandom) -> JSONString {
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let limit: UInt32 = [0x7f, 0xff, 0xffff, 0x10ffff].randomElement(using: &random) ?? 0x7f
      // Zero is refused in names, surrogates are no scalars.
      if let scalar = Unicode.Scalar(UInt32.random(in: 1...limit, using: &random)) {
        text.unicodeScalars.append(scalar)
      }
    }
    return JSONString(text)
  }

  private static func tree(depth: Int, _ random: inout SeededRandom) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .number(Int64.random(in: -JSONLimits.integerLimit...JSONLimits.integerLimit, using: &random))
    case 3, 4: return .string(text(&random))
    case 5:
      let count = Int.random(in: 0...12, using: &random)
      return .array((0..<count).map { _ in tree(depth: depth - 1, &random) })
    default:
      var members: [JSON.Member] = []
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let name = text(&random)
        if members.contains(where: { $0.name == name }) { continue }
        members.append(JSON.Member(name, tree(depth: depth - 1, &random)))
      }
      return .object(members)
    }
  }

  @Test("what is written is read back the same, octet for octet", arguments: [false, true])
  func roundTrip(pretty: Bool) throws {
    var random = SeededRandom(pretty ? 1 : 2)
    for _ in 0..<300 {
      let tree = Self.tree(depth: 4, &random)
      let written = tree.encoded(pretty: pretty)
      let read = try JSON.parse(written)
      #expect(read == tree)
      #expect(read.encoded(pretty: pretty) == written)
    }
  }

  @Test("no cut or changed document does anything but parse or be refused")
  func mutations() {
    var random = SeededRandom(3)
    let original = Self.tree(depth: 4, &random).encoded() + Array(#"[{"a":"\ud83d\ude00","b":-1.5e3},true]"#.utf8)
    var refused = 0
    for _ in 0..<3_000 {
      var bytes = Array(original.suffix(Int.random(in: 1...original.count, using: &random)))
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      do {
        let json = try JSON.parse(bytes)
        #expect(try JSON.parse(json.encoded()) == json)
      } catch {
        refused += 1
        #expect(error.offset <= bytes.count)
      }
    }
    #expect(refused > 1_000)
  }
}
