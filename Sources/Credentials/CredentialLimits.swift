/// How much is taken of what keeps credentials: the only place where these limits are set.
public enum CredentialLimits {
  /// Octets of docker's `config.json`.
  public static let fileOctets = 1 << 20
  /// Octets of what a helper says.
  public static let helperOctets = 64 * 1024
  /// Milliseconds that a helper may take: somebody may have to unlock a key ring.
  public static let helperTime = 30_000
  /// Octets of the name of a helper, behind `docker-credential-`.
  public static let helperNameOctets = 64
  /// Octets of `NOTARY_AUTH`.
  public static let variableOctets = 64 * 1024
  /// How deep a document may be nested.
  static let depth = 32
}
