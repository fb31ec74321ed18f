/// The outside of a private key file of content trust: one PEM block, encrypted or not.
///
/// What is inside shows only with the passphrase. Source: reference/docker-content-trust.md, section 1.
enum PrivateKeyText {
  /// What is wrong with a file, or nil.
  static func problem(_ octets: [UInt8]) -> String? {
    let lines = octets.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d })
    guard let first = lines.first, let last = lines.last, lines.count > 2,
      let label = label(first, "-----BEGIN "), label.hasSuffix("PRIVATE KEY"),
      self.label(last, "-----END ").map({ $0.utf8.elementsEqual(label.utf8) }) == true
    else { return "is no private key in PEM form" }
    // Headers, such as the role, have a colon; everything behind them is base 64.
    let body = lines.dropFirst().dropLast().drop { $0.contains(UInt8(ascii: ":")) }
    guard !body.isEmpty, body.allSatisfy({ $0.allSatisfy(isBase64) }) else { return "is no private key in PEM form" }
    return nil
  }

  private static func label(_ line: ArraySlice<UInt8>, _ start: String) -> String? {
    guard line.starts(with: start.utf8), line.suffix(5).elementsEqual("-----".utf8) else { return nil }
    return String(decoding: line.dropFirst(start.utf8.count).dropLast(5), as: UTF8.self)
  }

  private static func isBase64(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
      true
    default: false
    }
  }
}
