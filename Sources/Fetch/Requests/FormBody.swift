public import TrustModel

/// A form as it is posted: names and values percent-encoded, in octets that are wiped.
///
/// Source: RFC 6749, appendix B.
public enum FormBody {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// The form with these fields, in order; names must be plain words.
  public static func encoded(_ fields: [(name: String, value: any Collection<UInt8>)]) -> SecretOctets {
    let capacity = fields.reduce(0) { $0 + $1.name.utf8.count + 3 * $1.value.count + 2 }
    return unsafe SecretOctets(capacity: capacity) { room in
      var length = 0
      func append(_ octet: UInt8) {
        unsafe room[length] = octet
        length += 1
      }
      func encode(_ octets: some Collection<UInt8>) {
        for octet in octets {
          if isPlain(octet) {
            append(octet)
          } else {
            append(UInt8(ascii: "%"))
            append(digits[Int(octet >> 4)])
            append(digits[Int(octet & 15)])
          }
        }
      }
      for (name, value) in fields {
        if length > 0 { append(UInt8(ascii: "&")) }
        name.utf8.forEach(append)
        append(UInt8(ascii: "="))
        encode(value)
      }
      return length
    }
  }

  private static func isPlain(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
