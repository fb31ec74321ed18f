/// What is told to the server program, as JSON; octets as hexadecimal digits.
indirect enum SiteDocument: Sendable {
  case text(String)
  case number(Double)
  case boolean(Bool)
  case octets([UInt8])
  case list([SiteDocument])
  case object([String: SiteDocument])

  var encoded: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
    case .boolean(let value): value ? "true" : "false"
    case .octets(let octets): "\"" + Self.hexadecimal(octets) + "\""
    case .list(let elements): "[" + elements.map(\.encoded).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.key) + ":" + $0.value.encoded }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { out += "\\" }
      if scalar.value >= 0x20 {
        out.unicodeScalars.append(scalar)
      } else {
        out += "\\u00" + hexadecimal([UInt8(scalar.value)])
      }
    }
    return out + "\""
  }

  private static func hexadecimal(_ octets: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(octets.count * 2)
    for octet in octets { out += [digits[Int(octet >> 4)], digits[Int(octet & 15)]] }
    return String(decoding: out, as: UTF8.self)
  }
}
