internal import Glibc
public import TrustModel

/// How hard a passphrase is to guess, by its length and the kinds of its characters: an upper bound, since a guesser knows words.
public struct PassphraseStrength: Hashable, Sendable {
  /// Bits, rounded down.
  public let bits: Int

  /// The fewest characters of a new passphrase, as docker and notary ask for.
  public static let fewest = 8

  /// The strength of octets.
  public init(_ octets: SecretOctets) {
    var pool = 0
    if octets.contains(where: { (0x61...0x7a).contains($0) }) { pool += 26 }
    if octets.contains(where: { (0x41...0x5a).contains($0) }) { pool += 26 }
    if octets.contains(where: { (0x30...0x39).contains($0) }) { pool += 10 }
    if octets.contains(where: { Self.isSign($0) }) { pool += 33 }
    if octets.contains(where: { $0 >= 0x80 }) { pool += 64 }
    var sum = 0.0
    for index in octets.indices {
      // What only goes on, as in 1234 or aaaa, says next to nothing.
      let step = index == 0 ? 255 : abs(Int(octets[index]) - Int(octets[index - 1]))
      sum += step <= 1 ? 1 : log2(Double(pool))
    }
    bits = octets.isEmpty ? 0 : Int(sum)
  }

  private static func isSign(_ octet: UInt8) -> Bool {
    octet < 0x80 && !(0x61...0x7a).contains(octet) && !(0x41...0x5a).contains(octet) && !(0x30...0x39).contains(octet)
  }

  /// In words.
  public var words: String {
    let word = bits < 45 ? "weak" : bits < 65 ? "fair" : "strong"
    return "\(word): at most \(bits) bits, and fewer where it is made of words or names"
  }

  /// Why a new passphrase is not taken, as a clause; nil where it is.
  ///
  /// docker and notary take blanks at both ends away from what is typed: a passphrase with any would never fit there.
  public static func refusal(_ octets: SecretOctets) -> String? {
    if octets.count(where: { $0 & 0xc0 != 0x80 }) < fewest { return "it has fewer than \(fewest) characters" }
    let ends = [octets.first, octets.last].compactMap { $0 }
    if ends.contains(0x20) || ends.contains(0x09) {
      return "it has a blank at one of its ends, which docker and notary take away"
    }
    return nil
  }
}
