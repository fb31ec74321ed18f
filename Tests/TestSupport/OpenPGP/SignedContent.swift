/// What a signature is made over, as the octets that are hashed before its own fields.
///
/// Source: RFC 4880, section 5.2.4.
public struct SignedContent: Sendable {
  let octets: [UInt8]

  /// Data as it is (types 0x00 and, already with CR LF, 0x01).
  public static func data(_ octets: [UInt8]) -> SignedContent { SignedContent(octets: octets) }
  /// A user id with its key (0x10 to 0x13, 0x30).
  public static func userID(_ userID: [UInt8], of key: MadeKey) -> SignedContent {
    SignedContent(octets: key.hashed + [0xb4] + Array(bigEndian: Int64(userID.count), octets: 4) + userID)
  }
  /// A key itself (0x1f, 0x20).
  public static func key(_ key: MadeKey) -> SignedContent { SignedContent(octets: key.hashed) }
  /// A subkey with its primary key (0x18, 0x19, 0x28).
  public static func subkey(_ subkey: MadeKey, of primary: MadeKey) -> SignedContent {
    SignedContent(octets: primary.hashed + subkey.hashed)
  }
  /// Nothing but the signature's own fields (0x02).
  public static let nothing = SignedContent(octets: [])
}
