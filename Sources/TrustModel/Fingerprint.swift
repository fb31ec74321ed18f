/// The SHA-1 fingerprint of a version 4 OpenPGP key: 20 octets, written as 40 lower-case hexadecimal digits.
///
/// A value that exists is well formed. Shorter forms (key ids) are a different thing: they can be forged and never
/// name a key here. Source: RFC 4880, section 12.2.
public struct Fingerprint: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// Number of octets in a fingerprint.
  public static let octetCount = 20

  /// A fingerprint from its 20 octets; nil for any other number of them.
  public init?(octets: some Collection<UInt8>) {
    guard octets.count == Self.octetCount else { return nil }
    var high: UInt64 = 0
    var middle: UInt64 = 0
    var low: UInt32 = 0
    for (offset, octet) in octets.enumerated() {
      switch offset {
      case 0..<8: high = high << 8 | UInt64(octet)
      case 8..<16: middle = middle << 8 | UInt64(octet)
      default: low = low << 8 | UInt32(octet)
      }
    }
    (self.high, self.middle, self.low) = (high, middle, low)
  }

  /// A fingerprint from exactly 40 lower-case hexadecimal digits, as in the name of a trusted-key file.
  public init?(fileName: some StringProtocol) {
    guard fileName.utf8.count == 2 * Self.octetCount else { return nil }
    var octets: [UInt8] = []
    octets.reserveCapacity(Self.octetCount)
    var pending: UInt8?
    for digit in fileName.utf8 {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = pending {
        octets.append(first << 4 | value)
        pending = nil
      } else {
        pending = value
      }
    }
    self.init(octets: octets)
  }

  /// A fingerprint as a person types or pastes it: either case, with spaces or colons between groups, `0x` before it.
  public init?(typed text: some StringProtocol) {
    var digits = text.lowercased().filter { $0 != " " && $0 != ":" && $0 != "\u{a0}" }
    if digits.hasPrefix("0x") { digits.removeFirst(2) }
    self.init(fileName: digits)
  }

  /// The low 64 bits, which OpenPGP calls the key id: a hint to find a key by, never proof of which key it is.
  public var keyID: UInt64 { (middle & 0xffff_ffff) << 32 | UInt64(low) }

  /// The 20 octets, most significant first.
  public var octets: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
      + (0..<8).map { UInt8(truncatingIfNeeded: middle >> (56 - 8 * $0)) }
      + (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * $0)) }
  }

  /// 40 lower-case hexadecimal digits: the name of the key's file in every layer.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * Self.octetCount)
    for octet in octets {
      text.append(digits[Int(octet >> 4)])
      text.append(digits[Int(octet & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Ten groups of four upper-case digits, for comparing by eye.
  public var grouped: String { Self.group(description.uppercased()) }

  /// The last sixteen digits in four groups: a label for lists, where the full form does not fit.
  public var shortGrouped: String { Self.group(String(description.uppercased().suffix(16))) }

  private static func group(_ digits: String) -> String {
    var out = ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0, offset.isMultiple(of: 4) { out.append(" ") }
      out.append(digit)
    }
    return out
  }

  /// Orders as the hexadecimal text does.
  public static func < (left: Fingerprint, right: Fingerprint) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }
}
