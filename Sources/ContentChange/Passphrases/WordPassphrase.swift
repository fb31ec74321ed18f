public import TrustModel

/// A passphrase of words, drawn by the system's random numbers.
public struct WordPassphrase: Sendable {
  /// The words with a blank between them.
  public let octets: SecretOctets

  /// How many words: each is one of 1,024, so that all of them have 70 bits.
  public static let count = 7
  /// Bits of one.
  public static let bits = count * 10

  /// Draws one.
  ///
  /// The generator ends the process where the system gives no random numbers.
  public init() {
    var random = SystemRandomNumberGenerator()
    let words = WordList.words
    octets = unsafe SecretOctets(capacity: Self.count * (WordList.longest + 1)) { room in
      var length = 0
      for index in 0..<Self.count {
        // 1,024 divides 2^64: every word is as likely as another.
        let word = words[Int(random.next() % UInt64(words.count))]
        if index > 0 {
          unsafe room[length] = UInt8(ascii: " ")
          length += 1
        }
        for octet in word.utf8 {
          unsafe room[length] = octet
          length += 1
        }
      }
      return length
    }
  }
}
