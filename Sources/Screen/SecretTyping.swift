/// What is typed of a passphrase so far.
public struct SecretTyping: Sendable {
  /// How many characters.
  public let count: Int
  /// The characters themselves where the person wants to see them: lent until the next key, and never after the question.
  public let shown: (any SecretText)?

  /// So many characters.
  public init(_ count: Int, shown: (any SecretText)? = nil) { (self.count, self.shown) = (count, shown) }
}

/// The octets of a secret, lent from where they lie for as long as they lie there.
///
/// Invariant behind `@unchecked Sendable`: only the thread of the terminal lends and ends it, before the secret goes.
@safe
final class LentSecret: SecretText, @unchecked Sendable {
  private var octets: UnsafeRawBufferPointer

  var identity: ObjectIdentifier { ObjectIdentifier(self) }

  init(_ octets: UnsafeRawBufferPointer) { unsafe self.octets = octets }

  func lend(_ body: (UnsafeRawBufferPointer) -> Void) { unsafe body(octets) }

  /// From now on there is nothing.
  func end() { unsafe octets = UnsafeRawBufferPointer(start: nil, count: 0) }
}
