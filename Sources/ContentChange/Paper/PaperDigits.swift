internal import Crypto

/// The digits of a paper copy: 32 letters and figures of which no two look alike.
///
/// Source: Crockford's base 32: no I, L, O and U; what is typed for them, and small letters, is understood.
enum PaperDigits {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// The digits for octets, five for each three octets and a bit more.
  static func encode(_ octets: some Sequence<UInt8>) -> String {
    var (digits, group, bits): ([UInt8], UInt32, Int) = ([], 0, 0)
    for octet in octets {
      group = group << 8 | UInt32(octet)
      bits += 8
      while bits >= 5 {
        bits -= 5
        digits.append(alphabet[Int(group >> UInt32(bits) & 31)])
      }
    }
    if bits > 0 { digits.append(alphabet[Int(group << UInt32(5 - bits) & 31)]) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The octets that digits stand for; nil for anything else.
  static func decode(_ digits: some Sequence<UInt8>) -> [UInt8]? {
    var (octets, group, bits): ([UInt8], UInt32, Int) = ([], 0, 0)
    for digit in digits {
      guard let value = value(digit) else { return nil }
      group = group << 5 | value
      bits += 5
      guard bits >= 8 else { continue }
      bits -= 8
      octets.append(UInt8(group >> UInt32(bits) & 0xff))
    }
    return group & (1 << UInt32(bits) - 1) == 0 ? octets : nil
  }

  private static func value(_ digit: UInt8) -> UInt32? {
    let upper = (0x61...0x7a).contains(digit) ? digit - 0x20 : digit
    let meant =
      switch upper {
      case UInt8(ascii: "O"): UInt8(ascii: "0")
      case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
      default: upper
      }
    return alphabet.firstIndex(of: meant).map { UInt32($0) }
  }

  /// Whether what was typed means these digits.
  static func isSame(_ digits: String, _ typed: some Collection<UInt8>) -> Bool {
    typed.count == digits.utf8.count && digits.utf8.map(value) == typed.map(value)
  }

  /// Four digits over a line, 20 bits of SHA-256: one wrong line in a million passes.
  static func check(_ line: Int, _ octets: some Collection<UInt8>) -> String {
    let digest = SHA256.hash(data: Array("keyreeve paper \(line):".utf8) + Array(octets))
    return String(encode(digest.prefix(3)).prefix(4))
  }
}
