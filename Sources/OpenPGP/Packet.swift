/// One packet as it lies in a file.
///
/// Source: RFC 4880, section 4.2.
struct Packet {
  /// The packet tags that are told apart here.
  ///
  /// Source: RFC 4880, section 4.3.
  enum Tag {
    static let encryptedSessionKey: UInt8 = 1
    static let signature: UInt8 = 2
    static let onePassSignature: UInt8 = 4
    static let secretKey: UInt8 = 5
    static let publicKey: UInt8 = 6
    static let secretSubkey: UInt8 = 7
    static let compressed: UInt8 = 8
    static let marker: UInt8 = 10
    static let literal: UInt8 = 11
    static let trust: UInt8 = 12
    static let userID: UInt8 = 13
    static let publicSubkey: UInt8 = 14
    static let userAttribute: UInt8 = 17
  }

  let tag: UInt8
  let body: ArraySlice<UInt8>

  /// The next packet of `reader`.
  ///
  /// Lengths of unknown end are refused: no packet of a key or a signature has one.
  static func next(_ reader: inout OctetReader) throws(Malformed) -> Packet {
    let head = try reader.octet("packet")
    guard head & 0x80 != 0 else { throw Malformed(what: "octets that are no packet") }
    let isNewFormat = head & 0x40 != 0
    let tag = isNewFormat ? head & 0x3f : head >> 2 & 0x0f
    guard tag != 0 else { throw Malformed(what: "a packet with the reserved tag 0") }
    let length: UInt32
    if isNewFormat {
      length = try newLength(&reader)
    } else {
      guard head & 3 != 3 else { throw Malformed(what: "a packet without length") }
      length = try reader.number(octets: 1 << Int(head & 3), "packet length")
    }
    return Packet(tag: tag, body: try reader.octets(Int(length), "packet"))
  }

  private static func newLength(_ reader: inout OctetReader) throws(Malformed) -> UInt32 {
    let first = UInt32(try reader.octet("packet length"))
    switch first {
    case 0..<192: return first
    case 192..<224: return (first - 192) << 8 + UInt32(try reader.octet("packet length")) + 192
    case 255: return try reader.number(octets: 4, "packet length")
    default: throw Malformed(what: "a packet in parts")
    }
  }

  /// All packets of a file.
  static func all(_ octets: [UInt8]) throws(Malformed) -> [Packet] {
    var reader = OctetReader(octets[...])
    var packets: [Packet] = []
    while !reader.isAtEnd { packets.append(try next(&reader)) }
    return packets
  }

  /// The packet with a header of its own: the old format with the shortest length, as gpg writes it, where it can.
  var encoded: [UInt8] {
    let count = body.count
    let fourOctets = [
      UInt8(count >> 24 & 0xff), UInt8(count >> 16 & 0xff), UInt8(count >> 8 & 0xff), UInt8(count & 0xff),
    ]
    guard tag < 16 else { return [0xc0 | tag, 0xff] + fourOctets + body }
    switch count {
    case 0..<0x100: return [0x80 | tag << 2] + fourOctets.suffix(1) + body
    case 0..<0x1_0000: return [0x81 | tag << 2] + fourOctets.suffix(2) + body
    default: return [0x82 | tag << 2] + fourOctets + body
    }
  }
}
