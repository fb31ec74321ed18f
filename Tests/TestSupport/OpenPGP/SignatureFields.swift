import TrustModel

/// A signature's fields in the layout of its version: what stands before the numbers, and what of it is hashed.
///
/// Source: RFC 4880, sections 5.2.2 to 5.2.4 (versions 3 and 4); draft-koch-librepgp, section 5.2 (5); RFC 9580,
/// section 5.2 (6).
struct SignatureFields {
  /// Everything before the two octets of the digest.
  let head: [UInt8]
  /// What is hashed after the content.
  let trailer: [UInt8]
  /// What is hashed before the content.
  let salt: [UInt8]

  init(_ recipe: MadeSignature, key: MadeKey) {
    let algorithm = recipe.claimedAlgorithm ?? key.algorithm
    let hash = recipe.claimedHash ?? recipe.hash.rawValue
    guard recipe.version != 3 else {
      let made = [recipe.type] + Array(bigEndian: recipe.created?.seconds ?? 0, octets: 4)
      let issuer = Array(bigEndian: Int64(bitPattern: key.keyID), octets: 8)
      (head, trailer, salt) = ([3, 5] + made + issuer + [algorithm, hash], made, [])
      return
    }
    let isLong = recipe.version >= 6
    let hashedArea = Self.area(Self.hashed(recipe, key), isLong: isLong)
    let unhashedArea = Self.area(Self.unhashed(recipe, key), isLong: isLong)
    let signed = [recipe.version, recipe.type, algorithm, hash] + hashedArea
    let length = Array(bigEndian: Int64(signed.count), octets: recipe.version == 5 ? 8 : 4)
    // Version 5 also hashes the (here empty) format, name and date of literal data.
    let literal: [UInt8] = recipe.version == 5 && recipe.type <= 1 ? [0, 0, 0, 0, 0, 0] : []
    head = signed + unhashedArea
    trailer = signed + literal + [recipe.version, 0xff] + length
    salt = isLong ? (0..<Self.saltCount(recipe.hash)).map { UInt8($0) } : []
  }

  private static func hashed(_ recipe: MadeSignature, _ key: MadeKey) -> [MadeSubpacket] {
    let fingerprint: [MadeSubpacket] =
      switch recipe.issuer {
      case .both: [.issuerFingerprint(key.fingerprint)]
      case .lyingFingerprint(let other): [.issuerFingerprint(other)]
      case .keyID, .nowhere, .lyingKeyID: []
      }
    return fingerprint + (recipe.created.map { [.created($0)] } ?? []) + recipe.hashed
  }

  private static func unhashed(_ recipe: MadeSignature, _ key: MadeKey) -> [MadeSubpacket] {
    let keyID: [MadeSubpacket] =
      switch recipe.issuer {
      case .both, .keyID, .lyingFingerprint: [.issuer(key.keyID)]
      case .lyingKeyID(let other): [.issuer(other)]
      case .nowhere: []
      }
    return keyID + recipe.unhashed
  }

  private static func area(_ subpackets: [MadeSubpacket], isLong: Bool) -> [UInt8] {
    let octets = subpackets.flatMap(\.octets)
    return Array(bigEndian: Int64(octets.count), octets: isLong ? 4 : 2) + octets
  }

  private static func saltCount(_ hash: MadeHash) -> Int {
    switch hash {
    case .sha512: 32
    case .sha384: 24
    case .md5, .sha1, .sha256: 16
    }
  }
}
