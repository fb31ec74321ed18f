import Testing
import TrustModel

@Suite struct FingerprintTests {
  static let text = "8b86de38890ddb7291867b025210bd8888182190"

  @Test func `reads and writes the name of a key file`() throws {
    let fingerprint = try #require(Fingerprint(fileName: Self.text))
    #expect(fingerprint.description == Self.text)
    #expect(fingerprint.keyID == 0x5210_bd88_8818_2190)
    #expect(Fingerprint(octets: fingerprint.octets) == fingerprint)
    #expect(fingerprint.grouped == "8B86 DE38 890D DB72 9186 7B02 5210 BD88 8818 2190")
    #expect(fingerprint.shortGrouped == "5210 BD88 8818 2190")
  }

  @Test(arguments: [
    "", "5210bd8888182190", text.uppercased(), text + "0", String(text.dropLast()), text + ".asc", text + " ",
    String(repeating: "a", count: 64), "8b86de38890ddb7291867b025210bd888818219g",
  ])
  func `takes no other name for a fingerprint`(_ name: String) {
    #expect(Fingerprint(fileName: name) == nil)
  }

  @Test(arguments: [
    "8B86 DE38 890D DB72 9186  7B02 5210 BD88 8818 2190", "0x8b86de38890ddb7291867b025210bd8888182190",
    "8b:86:de:38:89:0d:db:72:91:86:7b:02:52:10:bd:88:88:18:21:90",
  ])
  func `reads what a person pastes`(_ typed: String) {
    #expect(Fingerprint(typed: typed)?.description == Self.text)
  }

  @Test func `orders as its text does`() throws {
    let texts = ["0", "8", "f"].map { $0 + Self.text.dropFirst() } + [Self.text.dropLast() + "1"]
    let sorted = texts.compactMap { Fingerprint(fileName: $0) }.sorted().map(\.description)
    #expect(sorted == texts.sorted())
  }
}
