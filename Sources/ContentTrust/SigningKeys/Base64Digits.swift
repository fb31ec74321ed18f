internal import TrustModel

/// Base64 that becomes octets one digit after the other, straight into memory that is wiped.
struct Base64Digits {
  private var (group, inGroup, padding) = (UInt32(0), 0, 0)

  /// Takes the digits of one line, blanks between them left out; false where it is no base64.
  mutating func take(_ line: Slice<UnsafeRawBufferPointer>, into octets: inout SecretBuffer) -> Bool {
    for digit in line where !PEMLines.isBlank(digit) {
      guard take(digit, &octets) else { return false }
    }
    return true
  }

  /// Whether what was taken is whole.
  var isWhole: Bool { inGroup == 0 }

  private mutating func take(_ digit: UInt8, _ octets: inout SecretBuffer) -> Bool {
    if digit == UInt8(ascii: "=") {
      padding += 1
      group <<= 6
    } else {
      guard padding == 0, let value = Self.value(digit) else { return false }
      group = group << 6 | value
    }
    inGroup += 1
    guard inGroup == 4 else { return true }
    guard padding <= 2, group & (1 << (8 * UInt32(padding)) - 1) == 0 else { return false }
    for index in 0..<3 - padding where !octets.append(UInt8(group >> (16 - 8 * UInt32(index)) & 0xff)) { return false }
    (group, inGroup) = (0, 0)
    return true
  }

  private static func value(_ digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a") + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0") + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
