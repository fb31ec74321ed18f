public import OpenPGP

extension Judgement {
  /// The primary key and the subkeys.
  public var keys: [SigningKey] { [primary] + subkeys }
}
