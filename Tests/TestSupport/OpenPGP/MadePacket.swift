/// Wraps packet bodies in packet headers, in every form that RFC 4880, section 4.2 knows.
public enum MadePacket {
  /// The tags that tests make.
  public enum Tag: UInt8, Sendable {
    /// A signature.
    case signature = 2
    /// A one-pass signature, which announces one inside a message.
    case onePassSignature = 4
    /// A secret primary key.
    case secretKey = 5
    /// A public primary key.
    case publicKey = 6
    /// A secret subkey.
    case secretSubkey = 7
    /// Compressed packets.
    case compressed = 8
    /// Encrypted data.
    case encrypted = 9
    /// A marker, to be ignored.
    case marker = 10
    /// Literal data.
    case literal = 11
    /// A trust packet, local to one keyring.
    case trust = 12
    /// A user id.
    case userID = 13
    /// A public subkey.
    case publicSubkey = 14
    /// A user attribute, such as a photograph.
    case userAttribute = 17
  }

  /// How the header is written.
  public enum Framing: Sendable {
    /// Old format, the shortest length that fits.
    case old
    /// Old format with a length of 1, 2 or 4 octets.
    case oldWide(Int)
    /// Old format without a length: up to the end of the file.
    case oldIndeterminate
    /// New format, the shortest length that fits.
    case new
    /// New format with the five-octet length.
    case newWide
    /// New format in chunks of 512 octets and a rest, which only data packets may use.
    case newPartial
    /// New format with a length that is not the body's.
    case newClaiming(UInt32)
  }

  /// A packet of a known tag.
  public static func make(_ tag: Tag, _ body: [UInt8], _ framing: Framing = .new) -> [UInt8] {
    make(tag: tag.rawValue, body, framing)
  }

  /// A packet of any tag (0 to 63; old format holds 0 to 15).
  public static func make(tag: UInt8, _ body: [UInt8], _ framing: Framing = .new) -> [UInt8] {
    let oldHeader = 0x80 | (tag & 15) << 2
    let newHeader = 0xc0 | tag & 63
    switch framing {
    case .old: return make(tag: tag, body, .oldWide(body.count < 256 ? 1 : body.count < 65536 ? 2 : 4))
    case .oldWide(let octets):
      let kind: UInt8 = octets == 1 ? 0 : octets == 2 ? 1 : 2
      return [oldHeader | kind] + Array(bigEndian: Int64(body.count), octets: octets) + body
    case .oldIndeterminate: return [oldHeader | 3] + body
    case .new: return [newHeader] + newLength(body.count) + body
    case .newWide: return [newHeader, 255] + Array(bigEndian: Int64(body.count), octets: 4) + body
    case .newPartial: return [newHeader] + partialChunks(body)
    case .newClaiming(let length): return [newHeader, 255] + Array(bigEndian: Int64(length), octets: 4) + body
    }
  }

  /// A new-format length in its shortest form; subpackets use the same.
  ///
  /// Source: RFC 4880, sections 4.2.2 and 5.2.3.1.
  static func newLength(_ count: Int) -> [UInt8] {
    switch count {
    case ..<192: [UInt8(count)]
    case ..<8384: [UInt8((count - 192) >> 8 + 192), UInt8((count - 192) & 255)]
    default: [255] + Array(bigEndian: Int64(count), octets: 4)
    }
  }

  private static func partialChunks(_ body: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var rest = body[...]
    while rest.count > 512 {
      out += [0xe0 | 9] + rest.prefix(512)
      rest = rest.dropFirst(512)
    }
    return out + newLength(rest.count) + rest
  }
}
