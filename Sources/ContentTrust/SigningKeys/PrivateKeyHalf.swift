/// The private half of a key, where it stands in octets that their owner wipes.
package enum PrivateKeyHalf {
  /// The scalar on NIST P-256, as long as it was written.
  case p256(ArraySlice<UInt8>)
  /// The scalar on NIST P-384, as long as it was written.
  case p384(ArraySlice<UInt8>)
  /// The seed, 32 octets.
  case ed25519(ArraySlice<UInt8>)
  /// PKCS#1.
  case rsa(ArraySlice<UInt8>)
  /// Of a kind that signs nothing here.
  case unused
}
