internal import Glibc
public import TrustModel

/// `NOTARY_AUTH`: a name and a password in base 64, for whatever server is asked.
///
/// Source: reference/docker-content-trust.md, section 4, "Auth".
public struct NotaryVariable: CredentialSource {
  /// Its name.
  static let name = "NOTARY_AUTH"
  private let digits: SecretOctets?

  /// A value; empty counts as none.
  public init(_ digits: SecretOctets?) { self.digits = digits }

  /// The value in the environment of the process.
  public init() {
    guard let value = unsafe getenv(Self.name) else {
      digits = nil
      return
    }
    let length = unsafe strnlen(value, CredentialLimits.variableOctets + 1)
    digits = unsafe SecretOctets(UnsafeRawBufferPointer(start: value, count: length))
  }

  /// The same for every registry.
  public func credential(for registry: String) throws(CredentialError) -> Credential? {
    guard let digits, !digits.isEmpty else { return nil }
    guard digits.count <= CredentialLimits.variableOctets else {
      throw .variable(Self.name, "is longer than \(CredentialLimits.variableOctets) octets")
    }
    var credential = Credential(origin: Self.name)
    guard let pair = SecretBase64.decode(digits), credential.take(pair: pair), credential.basic != nil else {
      throw .variable(Self.name, "is not name:password in base 64: set what printf %s NAME:PASSWORD | base64 -w0 says")
    }
    return credential
  }
}
