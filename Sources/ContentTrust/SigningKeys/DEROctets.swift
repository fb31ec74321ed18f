/// DER as it is written: for public keys, which are public.
enum DEROctets {
  /// A value with its tag and length.
  static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    if content.count < 0x80 { return [tag, UInt8(content.count)] + content }
    var length: [UInt8] = []
    var rest = content.count
    while rest > 0 {
      length.insert(UInt8(rest & 0xff), at: 0)
      rest >>= 8
    }
    return [tag, 0x80 | UInt8(length.count)] + length + content
  }

  /// SubjectPublicKeyInfo of an algorithm, as its DER, and a key.
  static func publicKeyInfo(_ algorithm: [UInt8], _ key: [UInt8]) -> [UInt8] {
    value(0x30, algorithm + value(0x03, [0] + key))
  }
}
