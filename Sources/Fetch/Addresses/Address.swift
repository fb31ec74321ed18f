internal import CCurl

/// An http or https address that something is fetched from: scheme, host, port, path and query.
///
/// No user name, password or fragment: they are refused. Read by libcurl, so that what is shown and checked is what is
/// connected to. Source: RFC 3986; reference/security.md, row D-07.
public struct Address: Hashable, Sendable, CustomStringConvertible {
  /// How the server is spoken to.
  public enum Scheme: String, Sendable {
    /// With TLS.
    case https
    /// In the clear.
    case http

    /// The port that stands for itself.
    public var standardPort: Int { self == .https ? 443 : 80 }
  }

  /// The scheme.
  public let scheme: Scheme
  /// The host in lower case: a name in ASCII (an international one as punycode), or an address without
  /// brackets, an IPv4 address in its usual form however it was written.
  public let host: String
  /// The port, where it is not the scheme's own.
  public let port: Int?
  /// Path and query, beginning with `/`, with `.` and `..` resolved and everything else than ASCII percent-encoded.
  public let target: String

  /// The longest address, in octets.
  public static let lengthLimit = 8192

  /// Reads an absolute address.
  ///
  /// - Throws: `AddressError` that says which part is wrong.
  public init(_ text: String) throws(AddressError) {
    try AddressText.check(text)
    guard AddressText.isAbsolute(text) else { throw .scheme(text) }
    try self.init(text, relativeTo: nil)
  }

  /// The address that a `Location` header or a relative reference leads to from here.
  ///
  /// - Throws: `AddressError`, `scheme` also where the reference has one that is neither https nor http.
  public func resolving(_ reference: String) throws(AddressError) -> Address {
    try AddressText.check(reference)
    if AddressText.scheme(of: reference) != nil { return try Address(reference) }
    return reference.isEmpty ? self : try Address(reference, relativeTo: self)
  }

  /// Host and port as configuration names them: `example.com`, or `example.com:8443` for a port of its own.
  public var authority: String { (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "") }

  /// The name of the section for it in configuration, where a host without a port means that of https.
  var sectionName: String { scheme == .http && port == nil ? authority + ":80" : authority }

  /// The whole address.
  public var description: String { "\(scheme.rawValue)://\(authority)\(target)" }

  /// The path, without the query.
  public var path: String { target.firstIndex(of: "?").map { String(target[..<$0]) } ?? target }

  /// The port that is connected to.
  public var effectivePort: Int { port ?? scheme.standardPort }

  /// Whether scheme, host and port are those of another address: what one origin may know, the other may.
  public func hasOrigin(of other: Address) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  private init(_ text: String, relativeTo base: Address?) throws(AddressError) {
    if let problem = unsafe kr_curl_problem() { throw .unreadable(unsafe String(cString: problem)) }
    var parts = unsafe kr_url()
    let number = unsafe base.map { unsafe kr_url_read($0.description, text, &parts) } ?? kr_url_read(nil, text, &parts)
    guard number == 0 else { throw .malformed(text, unsafe String(cString: kr_url_problem(number)).lowercased()) }
    defer { unsafe kr_url_free(&parts) }
    func part(_ text: UnsafeMutablePointer<CChar>?) -> String? { unsafe text.map { unsafe String(cString: $0) } }
    guard let scheme = unsafe part(parts.scheme).flatMap(Scheme.init) else { throw .scheme(text) }
    guard unsafe parts.user == nil, unsafe parts.password == nil else { throw .userInformation }
    self.scheme = scheme
    host = try AddressText.host(unsafe part(parts.host) ?? "", in: text)
    let port = try AddressText.port(unsafe part(parts.port), in: text)
    self.port = port == scheme.standardPort ? nil : port
    target = unsafe (part(parts.path) ?? "/") + (part(parts.query).map { "?" + $0 } ?? "")
    guard description.utf8.count <= Self.lengthLimit else { throw .tooLong(limit: Self.lengthLimit) }
  }
}
