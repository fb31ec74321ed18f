/// Knows the name and password that a person uses at a registry.
public protocol CredentialSource: Sendable {
  /// `name:password` in base 64, for a registry; nil where nothing is known.
  ///
  /// - Throws: an error that says which file or program could not be used.
  func basic(for registry: String) throws -> [UInt8]?
}
