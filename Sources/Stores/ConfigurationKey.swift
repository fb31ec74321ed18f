/// What can be configured, by the name it has in a file.
public enum ConfigurationKey: String, Sendable, CaseIterable {
  /// A PEM file of authorities, instead of the system's.
  case caBundle = "ca-bundle"
  /// A proxy, or `none`.
  case proxy
  /// Where to connect to instead of the host.
  case connectTo = "connect-to"
  /// A PEM file with the client's certificate.
  case clientCertificate = "client-certificate"
  /// A PEM file with its key.
  case clientKey = "client-key"
  /// A Unix socket to connect to instead of the host.
  case unixSocket = "unix-socket"
  /// Whether a page may lead to the host although its address is private.
  case allowPrivate = "allow-private"
  /// A header line for the host alone; may repeat.
  case header

  /// Whether it may stand in a section of that kind.
  func mayStand(in section: ConfigurationSection) -> Bool {
    switch (self, section) {
    case (.caBundle, _): true
    case (.proxy, .fetch): true
    case (_, .fetch), (.proxy, .host): false
    case (_, .host): true
    }
  }

  /// Whether several values of one file stand side by side.
  var mayRepeat: Bool { self == .header }

  /// What is wrong with a value, by its form alone.
  func problem(with value: [UInt8]) -> String? {
    if self == .header { return nil }
    guard let text = String(validating: value, as: UTF8.self) else { return "the value is not UTF-8" }
    if text.contains(" #") || text.contains("\t#") { return "a remark must stand on a line of its own" }
    switch self {
    case .caBundle, .clientCertificate, .clientKey, .unixSocket:
      return text.hasPrefix("/") ? nil : "the value is not an absolute path"
    case .allowPrivate: return ["yes", "no"].contains(text) ? nil : "the value is neither yes nor no"
    case .proxy, .connectTo, .header: return nil
    }
  }

  /// Whether such a value is a secret: a header, or a proxy with credentials.
  func isSecret(_ value: [UInt8]) -> Bool {
    self == .header || self == .proxy && value.contains(UInt8(ascii: "@"))
  }
}
