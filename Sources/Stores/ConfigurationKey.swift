/// What can be configured, by the name it has in a file.
public enum ConfigurationKey: Hashable, Sendable {
  /// A PEM file of authorities, instead of the system's.
  case caBundle
  /// A proxy, or `none`.
  case proxy
  /// Where to connect to instead of the host.
  case connectTo
  /// A PEM file with the client's certificate.
  case clientCertificate
  /// A PEM file with its key.
  case clientKey
  /// A Unix socket to connect to instead of the host.
  case unixSocket
  /// Whether a page may lead to the host although its address is private.
  case allowPrivate
  /// A header line for the host alone; may repeat.
  case header
  /// An identifier of a key that signs the root of a repository; may repeat.
  case rootKey
  /// A PEM file of authorities, one of which vouches for the root of a repository.
  case rootAuthority
  /// A file with the root of a repository, from which newer ones are followed.
  case rootFile
  /// Whether the first root that is seen of a repository is trusted: `yes`, `no`, `ask`.
  case firstUse
  /// The server of signed metadata for the repositories of a registry, or their folder.
  case server
  /// Whether a registry is spoken to in the clear.
  case insecureHTTP
  /// The looks of the terminal interface.
  case theme
  /// Whether the terminal interface takes the mouse.
  case mouse
  /// Whether the terminal interface asks its questions line by line.
  case plain
  /// The columns of the key list.
  case columns
  /// A command in `[keys]`, or a role in `[colours]`: which ones there are, the terminal interface knows.
  case named(String)

  /// The keys with names of their own, in the order in which messages list them.
  static let all: [ConfigurationKey] = [
    .caBundle, .proxy, .connectTo, .clientCertificate, .clientKey, .unixSocket, .allowPrivate, .header, .theme, .mouse,
    .plain, .columns, .rootKey, .rootAuthority, .rootFile, .firstUse, .server,
    .insecureHTTP,
  ]

  /// The key of that name in a section; nil where there is none.
  init?(_ name: String, in section: ConfigurationSection) {
    switch section {
    case .keys, .colours:
      let isName = (1...ConfigurationLimits.nameOctets).contains(name.utf8.count)
      let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
      guard isName, name.utf8.allSatisfy({ letters.contains($0) || $0 == UInt8(ascii: "-") }) else { return nil }
      self = .named(name)
    case .fetch, .host, .repository, .registry, .console:
      guard let key = Self.all.first(where: { $0.rawValue == name && $0.mayStand(in: section) }) else { return nil }
      self = key
    }
  }

  /// Its name in a file.
  public var rawValue: String {
    switch self {
    case .caBundle: "ca-bundle"
    case .proxy: "proxy"
    case .connectTo: "connect-to"
    case .clientCertificate: "client-certificate"
    case .clientKey: "client-key"
    case .unixSocket: "unix-socket"
    case .allowPrivate: "allow-private"
    case .header: "header"
    case .rootKey: "root-key"
    case .rootAuthority: "root-authority"
    case .rootFile: "root-file"
    case .firstUse: "first-use"
    case .server: "server"
    case .insecureHTTP: "insecure-http"
    case .theme: "theme"
    case .mouse: "mouse"
    case .plain: "plain"
    case .columns: "columns"
    case .named(let name): name
    }
  }

  /// What may stand in a section, for messages.
  static func known(in section: ConfigurationSection) -> String {
    switch section {
    case .keys: "names of commands, such as disable"
    case .colours: "names of roles, such as accepted"
    case .fetch, .host, .repository, .registry, .console:
      all.filter { $0.mayStand(in: section) }.map(\.rawValue).joined(separator: ", ")
    }
  }

  /// Whether it may stand in a section of that kind.
  private func mayStand(in section: ConfigurationSection) -> Bool {
    switch (self, section) {
    case (.named, .keys), (.named, .colours): true
    case (.theme, .console), (.mouse, .console), (.plain, .console), (.columns, .console): true
    case (.server, .registry), (.insecureHTTP, .registry): true
    case (.server, _), (.insecureHTTP, _), (_, .registry): false
    case (.named, _), (.theme, _), (.mouse, _), (.plain, _), (.columns, _): false
    case (_, .repository): [.rootKey, .rootAuthority, .rootFile, .firstUse].contains(self)
    case (.rootKey, _), (.rootAuthority, _), (.rootFile, _), (.firstUse, _): false
    case (_, .console), (_, .keys), (_, .colours): false
    case (.caBundle, _): true
    case (.proxy, .fetch): true
    case (_, .fetch), (.proxy, .host): false
    case (_, .host): true
    }
  }

  /// Whether several values of one file stand side by side.
  var mayRepeat: Bool { self == .header || self == .rootKey }

  /// What is wrong with a value, by its form alone.
  func problem(with value: [UInt8]) -> String? {
    if self == .header { return nil }
    guard let text = String(validating: value, as: UTF8.self) else { return "the value is not UTF-8" }
    // The key # may be bound.
    if case .named = self {
      let limit = ConfigurationLimits.wordOctets
      return value.count <= limit ? nil : "the value is longer than \(limit) octets"
    }
    if text.contains(" #") || text.contains("\t#") { return "a remark must stand on a line of its own" }
    switch self {
    case .rootKey:
      let isIdentifier = value.count == 64 && text.allSatisfy { $0.isHexDigit && $0.isASCII }
      return isIdentifier ? nil : "the value is no identifier of a key, of 64 hexadecimal digits"
    case .firstUse: return ["yes", "no", "ask"].contains(text) ? nil : "the value is none of yes, no, ask"
    case .caBundle, .clientCertificate, .clientKey, .unixSocket, .rootAuthority, .rootFile:
      return text.hasPrefix("/") ? nil : "the value is not an absolute path"
    case .server:
      let isAddress = text.hasPrefix("https://") || text.hasPrefix("file:///")
      return isAddress ? nil : "the value is not an address that begins with https:// (or file:/// for a folder)"
    case .allowPrivate, .mouse, .plain, .insecureHTTP:
      return ["yes", "no"].contains(text) ? nil : "the value is neither yes nor no"
    case .theme, .columns:
      let limit = ConfigurationLimits.wordOctets
      return value.count <= limit ? nil : "the value is longer than \(limit) octets"
    case .proxy, .connectTo, .header, .named: return nil
    }
  }

  /// Whether such a value is a secret: a header, or a proxy with credentials.
  func isSecret(_ value: [UInt8]) -> Bool {
    self == .header || self == .proxy && value.contains(UInt8(ascii: "@"))
  }
}
