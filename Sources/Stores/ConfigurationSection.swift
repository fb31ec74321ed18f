/// A section of configuration files.
public enum ConfigurationSection: Hashable, Sendable, CustomStringConvertible {
  /// `[fetch]`: for everything that is fetched.
  case fetch
  /// `[host example.com]`, `[host example.com:8443]`: for one host, in lower case.
  case host(String)

  /// Reads what stands between the brackets; nil where it is no section.
  init?(_ text: String) {
    let words = text.split { $0 == " " || $0 == "\t" }
    switch (words.first, words.count) {
    case ("fetch", 1): self = .fetch
    case ("host", 2): self = .host(words[1].lowercased())
    default: return nil
    }
  }

  /// As it stands in a file, without the brackets.
  public var description: String {
    switch self {
    case .fetch: "fetch"
    case .host(let authority): "host \(authority)"
    }
  }
}
