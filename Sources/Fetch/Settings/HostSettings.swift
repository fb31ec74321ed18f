/// How one host is reached.
public struct HostSettings: Sendable {
  /// The host, as `Address` has it.
  public let host: String
  /// The port.
  public let port: Int
  /// Host and port to connect to instead; the certificate must still be the host's own.
  public var connectTo: Address?
  /// A Unix socket to connect to instead.
  public var unixSocket: String?
  /// PEM files of authorities, which count together and instead of all others.
  public var authorities: [SettingFile] = []
  /// A PEM file with the certificate that is shown to the server.
  public var clientCertificate: SettingFile?
  /// A PEM file with its key; where nil, it is in the file of the certificate.
  public var clientKey: SettingFile?
  /// Whether a page may lead there although the address is private.
  ///
  /// Nil: yes, since the host is known by name.
  public var allowsPrivate: Bool?
  /// Header lines that are sent to it over https, and to nobody else.
  public var headers: [SecretHeader] = []

  /// The one PEM file of authorities.
  public var caBundle: SettingFile? {
    get { authorities.first }
    set { authorities = newValue.map { [$0] } ?? [] }
  }

  /// Settings for `example.com`, `example.com:8443`, `[::1]:8443`.
  ///
  /// - Throws: `AddressError` where that is no host with an optional port.
  public init(authority: String) throws(AddressError) {
    let address = try Address("https://" + authority)
    guard address.target == "/", !authority.contains("/"), !authority.contains("?") else {
      throw .malformed(authority, "only a host and a port may stand here")
    }
    (host, port) = (address.host, address.effectivePort)
  }
}
