/// DER as it is written.
package enum DEROctets {
  /// A value with its tag and length; nothing secret, which would stay behind in the array.
  package static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { head(tag, content.count) + content }

  /// The tag and the length before so many octets.
  package static func head(_ tag: UInt8, _ count: Int) -> [UInt8] {
    if count < 0x80 { return [tag, UInt8(count)] }
    var length: [UInt8] = []
    var rest = count
    while rest > 0 {
      length.insert(UInt8(rest & 0xff), at: 0)
      rest >>= 8
    }
    return [tag, 0x80 | UInt8(length.count)] + length
  }

  /// SubjectPublicKeyInfo of an algorithm, as its DER, and a key.
  static func publicKeyInfo(_ algorithm: [UInt8], _ key: [UInt8]) -> [UInt8] {
    value(0x30, algorithm + value(0x03, [0] + key))
  }
}
