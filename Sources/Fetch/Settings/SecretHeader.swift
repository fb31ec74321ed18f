internal import TrustModel

/// A header line whose value nobody but the server may see.
///
/// The value is octets and never a text, so that it is in no description, log or error; they are wiped with the last copy.
public struct SecretHeader: Sendable, CustomStringConvertible, CustomReflectable {
  /// Its name.
  public let name: String
  /// Its value.
  let value: SecretOctets

  /// Names that are not the configuration's to set, in lower case: they decide how an answer is read.
  public static let ownNames: Set<String> = [
    "accept-encoding", "connection", "content-length", "expect", "host", "if-range", "keep-alive",
    "proxy-authorization", "proxy-connection", "range", "te", "trailer", "transfer-encoding", "upgrade",
  ]

  /// A header; nil where the name is none, or Fetch's own, or the value is empty or holds control characters.
  public init?(name: String, value: some Collection<UInt8>) {
    guard HeaderText.isName(Array(name.utf8)), !Self.ownNames.contains(name.lowercased()) else { return nil }
    guard !value.isEmpty, HeaderText.isValue(value) else { return nil }
    (self.name, self.value) = (name, value as? SecretOctets ?? SecretOctets(value))
  }

  /// The line as it is sent.
  var line: SecretOctets { SecretOctets(Array(name.utf8), Array(": ".utf8), value) }

  /// The name alone.
  public var description: String { "\(name): (secret)" }

  /// Nothing inside.
  public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
