/// Writes ASCII armor, also as no program should.
///
/// Source: RFC 4880, section 6.
public struct MadeArmor: Sendable {
  /// What the checksum line says.
  public enum Checksum: Sendable {
    /// The right one.
    case right
    /// None, as RFC 9580 prefers.
    case absent
    /// A wrong one.
    case wrong
  }

  /// The words of the first and last line, such as `PGP SIGNATURE`.
  public var label: String
  /// The words of the last line, where they differ.
  public var endLabel: String?
  /// `Name: value` lines.
  public var headers: [String] = []
  /// The checksum line.
  public var checksum = Checksum.right
  /// Characters in a line.
  public var width = 64
  /// What ends a line.
  public var lineEnding = "\n"
  /// Whether the empty line after the headers is there.
  public var hasBlankLine = true

  /// Armor of a signature.
  public static let signature = MadeArmor(label: "PGP SIGNATURE")
  /// Armor of a certificate.
  public static let publicKey = MadeArmor(label: "PGP PUBLIC KEY BLOCK")

  /// Armor with that label.
  public init(label: String) { self.label = label }

  /// The same with something changed.
  public func with(_ change: (inout MadeArmor) -> Void) -> MadeArmor {
    var copy = self
    change(&copy)
    return copy
  }

  /// The armored octets.
  public func wrap(_ octets: [UInt8]) -> [UInt8] {
    var lines = ["-----BEGIN \(label)-----"] + headers
    if hasBlankLine { lines.append("") }
    let text = Array(Self.base64(octets))
    for start in stride(from: 0, to: text.count, by: width) {
      lines.append(String(text[start..<min(start + width, text.count)]))
    }
    let sum = Self.crc24(octets)
    switch checksum {
    case .right: lines.append("=" + Self.base64(sum))
    case .wrong: lines.append("=" + Self.base64([sum[0] ^ 1, sum[1], sum[2]]))
    case .absent: break
    }
    lines.append("-----END \(endLabel ?? label)-----")
    return Array((lines.joined(separator: lineEnding) + lineEnding).utf8)
  }

  static func base64(_ octets: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var out = ""
    for start in stride(from: 0, to: octets.count, by: 3) {
      let group = octets[start..<min(start + 3, octets.count)]
      let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for position in 0..<4 {
        out.append(position <= group.count ? alphabet[value >> (18 - 6 * position) & 63] : "=")
      }
    }
    return out
  }

  /// The checksum's three octets.
  ///
  /// Source: RFC 4880, section 6.1.
  static func crc24(_ octets: [UInt8]) -> [UInt8] {
    var crc: UInt32 = 0xb704ce
    for octet in octets {
      crc ^= UInt32(octet) << 16
      for _ in 0..<8 {
        crc <<= 1
        if crc & 0x1000000 != 0 { crc ^= 0x1864cfb }
      }
    }
    return Array(bigEndian: Int64(crc & 0xffffff), octets: 3)
  }
}
