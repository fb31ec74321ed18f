internal import Fetch
internal import TrustModel

/// Base 64 with padding, from wiped octets to wiped octets.
enum SecretBase64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The digits for octets.
  static func encode(_ octets: some RandomAccessCollection<UInt8>) -> SecretOctets {
    unsafe SecretOctets(capacity: (octets.count + 2) / 3 * 4) { room in
      var length = 0
      var index = octets.startIndex
      while index != octets.endIndex {
        var (group, bits) = (UInt32(0), 0)
        while bits < 24, index != octets.endIndex {
          group = group << 8 | UInt32(octets[index])
          bits += 8
          index = octets.index(after: index)
        }
        group <<= UInt32(24 - bits)
        for place in 0..<4 {
          let digit = alphabet[Int(group >> UInt32(18 - 6 * place) & 0x3f)]
          unsafe room[length] = place * 6 < bits ? digit : UInt8(ascii: "=")
          length += 1
        }
      }
      return length
    }
  }

  /// The octets that digits stand for; nil for anything but whole groups of the alphabet.
  static func decode(_ digits: some RandomAccessCollection<UInt8>) -> SecretOctets? {
    guard digits.count.isMultiple(of: 4) else { return nil }
    let padding = digits.reversed().prefix(2).prefix { $0 == UInt8(ascii: "=") }.count
    var isValid = true
    let octets = unsafe SecretOctets(capacity: digits.count / 4 * 3) { room in
      var (group, bits, length) = (UInt32(0), 0, 0)
      for digit in digits.dropLast(padding) {
        guard let value = alphabet.firstIndex(of: digit) else {
          isValid = false
          return 0
        }
        group = group << 6 | UInt32(value)
        bits += 6
        guard bits >= 8 else { continue }
        bits -= 8
        unsafe room[length] = UInt8(truncatingIfNeeded: group >> UInt32(bits))
        length += 1
      }
      return length
    }
    return isValid ? octets : nil
  }
}
