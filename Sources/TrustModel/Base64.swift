/// Base 64 with padding on one line, as in OpenPGP armor, PEM and signed metadata; line ends are removed by the caller.
///
/// Source: RFC 4880, section 6.3.
public enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 0xff, count: 256)
    for (value, digit) in alphabet.enumerated() { table[Int(digit)] = UInt8(value) }
    return table
  }()

  /// The octets that `digits` stand for; nil for anything but whole groups of the alphabet with padding at the end.
  public static func decode(_ digits: some Collection<UInt8>) -> [UInt8]? {
    // Where they lie in one piece, as they mostly do, no iterator stands between.
    guard let answer = digits.withContiguousStorageIfAvailable({ decode($0) }) else {
      return Array(digits).withUnsafeBufferPointer { decode($0) }
    }
    return answer
  }

  private static func decode(_ digits: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard digits.count.isMultiple(of: 4) else { return nil }
    var octets: [UInt8] = []
    octets.reserveCapacity(digits.count / 4 * 3)
    var (group, inGroup, padding) = (UInt32(0), 0, 0)
    for digit in digits {
      let value = values[Int(digit)]
      if digit == UInt8(ascii: "=") {
        padding += 1
        group <<= 6
      } else {
        guard value != 0xff, padding == 0 else { return nil }
        group = group << 6 | UInt32(value)
      }
      inGroup += 1
      guard inGroup == 4 else { continue }
      // What padding stands in for must be zero, so that octets have one spelling.
      guard padding <= 2, group & (1 << (8 * UInt32(padding)) - 1) == 0 else { return nil }
      octets.append(UInt8(group >> 16 & 0xff))
      if padding < 2 { octets.append(UInt8(group >> 8 & 0xff)) }
      if padding < 1 { octets.append(UInt8(group & 0xff)) }
      (group, inGroup) = (0, 0)
    }
    return octets
  }

  /// The digits for `octets`, with padding, on one line.
  public static func encode(_ octets: some Collection<UInt8>) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity((octets.count + 2) / 3 * 4)
    var (group, inGroup) = (UInt32(0), 0)
    func flush(_ count: Int) {
      for position in 0..<4 {
        digits.append(position <= count ? alphabet[Int(group >> (18 - 6 * position) & 63)] : UInt8(ascii: "="))
      }
    }
    for octet in octets {
      group |= UInt32(octet) << (16 - 8 * inGroup)
      inGroup += 1
      guard inGroup == 3 else { continue }
      flush(3)
      (group, inGroup) = (0, 0)
    }
    if inGroup > 0 { flush(inGroup) }
    return digits
  }
}
