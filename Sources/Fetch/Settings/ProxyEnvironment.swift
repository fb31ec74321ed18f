/// Proxies as the environment names them, read as curl reads them.
///
/// `http_proxy` counts in lower case only (a server program may be handed `HTTP_PROXY` by its client), the others in
/// either, lower case first; `no_proxy` is a list of names, with everything below them, of addresses, of networks
/// (`10.0.0.0/8`), or `*`. Source: curl(1), ENVIRONMENT; reference/security.md, row H-13.
public struct ProxyEnvironment: Sendable {
  /// For http addresses.
  public let http: Proxy?
  /// For https addresses.
  public let https: Proxy?
  /// What is reached directly.
  public let exceptions: [String]

  /// A variable that holds no proxy.
  public struct Malformed: Error {
    /// Its name.
    public let variable: String
  }

  /// Reads the variables.
  ///
  /// - Throws: `Malformed` where one is set to what is no proxy: going around it is not what was meant.
  public init(_ environment: (String) -> String?) throws(Malformed) {
    http = try Self.first(["http_proxy", "all_proxy", "ALL_PROXY"], environment)
    https = try Self.first(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"], environment)
    let list = environment("no_proxy") ?? environment("NO_PROXY") ?? ""
    exceptions = list.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
  }

  private static func first(
    _ names: [String], _ environment: (String) -> String?
  ) throws(Malformed) -> Proxy? {
    for name in names {
      guard let text = environment(name) else { continue }
      if text.isEmpty { return nil }
      guard let proxy = Proxy(octets: Array(text.utf8)) else { throw Malformed(variable: name) }
      return proxy
    }
    return nil
  }

  /// The proxy for an address, if any.
  func proxy(for address: Address) -> Proxy? {
    let proxy = address.scheme == .https ? https : http
    return proxy == nil || isException(address.host) ? nil : proxy
  }

  private func isException(_ host: String) -> Bool {
    if exceptions == ["*"] { return true }
    let address = NetworkAddress(host)
    return exceptions.contains { entry in
      address.map { Self.covers(entry, $0) } ?? Self.covers(entry, name: host)
    }
  }

  private static func covers(_ entry: String, name: String) -> Bool {
    var wanted = entry[...]
    if wanted.hasPrefix(".") { wanted = wanted.dropFirst() }
    if wanted.hasSuffix(".") { wanted = wanted.dropLast() }
    return !wanted.isEmpty && (name == wanted || name.hasSuffix("." + wanted))
  }

  private static func covers(_ entry: String, _ address: NetworkAddress) -> Bool {
    let parts = entry.split(separator: "/", maxSplits: 1)
    let text = parts.first.map { $0.hasPrefix("[") && $0.hasSuffix("]") ? $0.dropFirst().dropLast() : $0 } ?? ""
    guard let network = NetworkAddress(String(text)) else { return false }
    guard let bits = parts.count == 2 ? Int(parts[1]) : network.octets.count * 8 else { return false }
    return address.begins(with: network, bits: bits)
  }
}
