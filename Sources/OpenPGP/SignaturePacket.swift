internal import TrustModel

/// A subpacket of a version 4 signature.
///
/// Source: RFC 4880, section 5.2.3.1.
struct Subpacket: Sendable, Equatable {
  /// The types that are read here.
  ///
  /// Source: RFC 4880, section 5.2.3.1; RFC 9580, section 5.2.3.7.
  enum Kind {
    static let created: UInt8 = 2
    static let expires: UInt8 = 3
    static let exportable: UInt8 = 4
    static let revocable: UInt8 = 7
    static let keyExpires: UInt8 = 9
    static let issuer: UInt8 = 16
    static let notation: UInt8 = 20
    static let policy: UInt8 = 26
    static let keyFlags: UInt8 = 27
    static let signersUserID: UInt8 = 28
    static let revocationReason: UInt8 = 29
    static let embeddedSignature: UInt8 = 32
    static let issuerFingerprint: UInt8 = 33
  }

  let kind: UInt8
  let isCritical: Bool
  let body: ArraySlice<UInt8>

  /// The four-octet number in it, if that is what it holds.
  var number: UInt32? { body.count == 4 ? body.reduce(0) { $0 << 8 | UInt32($1) } : nil }

  static func next(_ reader: inout OctetReader) throws(Malformed) -> Subpacket {
    let first = UInt32(try reader.octet("subpacket"))
    let length: UInt32
    switch first {
    case 0..<192: length = first
    case 192..<255: length = (first - 192) << 8 + UInt32(try reader.octet("subpacket")) + 192
    default: length = try reader.number(octets: 4, "subpacket")
    }
    guard length > 0 else { throw Malformed(what: "subpacket without type") }
    let octets = try reader.octets(Int(length), "subpacket")
    let kind = octets[octets.startIndex]
    return Subpacket(kind: kind & 0x7f, isCritical: kind & 0x80 != 0, body: octets.dropFirst())
  }
}

/// A signature packet of version 4, or the few fields of an older one.
///
/// Source: RFC 4880, section 5.2.
struct SignaturePacket: Sendable, Equatable {
  let version: UInt8
  let type: UInt8
  let algorithm: UInt8
  let hash: HashAlgorithm
  /// From the signed part only.
  let hashed: [Subpacket]
  /// Anybody can change these.
  let unhashed: [Subpacket]
  /// Of version 3, signed; of version 4, from the subpackets.
  let created: Timestamp?
  /// What is hashed after the data: the packet up to its signed subpackets, and the trailer of version 4.
  let trailer: [UInt8]
  /// What the hash should begin with: a hint that anybody can change.
  let leftOctets: [UInt8]
  let integers: [MultiprecisionInteger]
  let body: ArraySlice<UInt8>
  private let oldIssuer: UInt64?

  /// Reads the body of a signature packet; `subpackets` is the limit on their number.
  init(_ body: ArraySlice<UInt8>, subpackets limit: Int) throws(Malformed) {
    var reader = OctetReader(body)
    self.body = body
    version = try reader.octet("signature")
    if version == 4 {
      type = try reader.octet("signature")
      algorithm = try reader.octet("signature")
      hash = HashAlgorithm(openPGP: try reader.octet("signature"))
      let area = try reader.octets(Int(try reader.number(octets: 2, "signature")), "signed subpackets")
      let other = try reader.octets(Int(try reader.number(octets: 2, "signature")), "unsigned subpackets")
      hashed = try Self.subpackets(area, limit: limit)
      unhashed = try Self.subpackets(other, limit: limit - hashed.count)
      oldIssuer = nil
      created = hashed.first { $0.kind == Subpacket.Kind.created }?.number.map { Timestamp(seconds: Int64($0)) }
      let signed = 6 + area.count
      let length = [
        UInt8(signed >> 24 & 0xff), UInt8(signed >> 16 & 0xff), UInt8(signed >> 8 & 0xff), UInt8(signed & 0xff),
      ]
      trailer = body.prefix(signed) + [4, 0xff] + length
    } else {
      guard version == 2 || version == 3 else { throw Malformed(what: "signature of version \(version)") }
      guard try reader.octet("signature") == 5 else { throw Malformed(what: "old signature of another length") }
      type = try reader.octet("signature")
      created = Timestamp(seconds: Int64(try reader.number(octets: 4, "signature")))
      oldIssuer = try reader.octets(8, "signature").reduce(0) { $0 << 8 | UInt64($1) }
      algorithm = try reader.octet("signature")
      hash = HashAlgorithm(openPGP: try reader.octet("signature"))
      (hashed, unhashed, trailer) = ([], [], [])
    }
    leftOctets = Array(try reader.octets(2, "signature"))
    integers = try Self.integers(algorithm, &reader)
  }

  private static func subpackets(_ area: ArraySlice<UInt8>, limit: Int) throws(Malformed) -> [Subpacket] {
    var reader = OctetReader(area)
    var found: [Subpacket] = []
    while !reader.isAtEnd {
      guard found.count < limit else { throw Malformed(what: "more subpackets than the limit") }
      found.append(try Subpacket.next(&reader))
    }
    return found
  }

  /// RSA has one integer; DSA, ElGamal, ECDSA and EdDSA two; of others nothing is known.
  private static func integers(
    _ algorithm: UInt8, _ reader: inout OctetReader
  ) throws(Malformed) -> [MultiprecisionInteger] {
    let count: Int
    switch algorithm {
    case 1, 2, 3: count = 1
    case 16, 17, 19, 20, 22: count = 2
    default: return []
    }
    var integers: [MultiprecisionInteger] = []
    for _ in 0..<count { integers.append(try reader.integer("signature")) }
    guard reader.isAtEnd else { throw Malformed(what: "octets after the signature's numbers") }
    return integers
  }

  /// The key ids that it names as its maker, from either area: hints.
  var issuerKeyIDs: [UInt64] {
    let named = (hashed + unhashed).filter { $0.kind == Subpacket.Kind.issuer && $0.body.count == 8 }
    return named.map { $0.body.reduce(0) { $0 << 8 | UInt64($1) } } + [oldIssuer].compactMap(\.self)
  }

  /// The fingerprints of version 4 keys that it names as its maker, from either area: hints.
  var issuerFingerprints: [Fingerprint] {
    (hashed + unhashed).filter { $0.kind == Subpacket.Kind.issuerFingerprint && $0.body.first == 4 }
      .compactMap { Fingerprint(octets: $0.body.dropFirst()) }
  }

  /// Whether it says by any hint who made it.
  var namesIssuer: Bool { !issuerKeyIDs.isEmpty || !issuerFingerprints.isEmpty }

  /// Whether that key may have made it, by the hints; a signature without any may be anybody's.
  func mayBe(by key: Fingerprint) -> Bool {
    let (ids, fingerprints) = (issuerKeyIDs, issuerFingerprints)
    return ids.isEmpty && fingerprints.isEmpty || ids.contains(key.keyID) || fingerprints.contains(key)
  }

  /// The first signed subpacket of that kind.
  func signed(_ kind: UInt8) -> Subpacket? { hashed.first { $0.kind == kind } }
}
