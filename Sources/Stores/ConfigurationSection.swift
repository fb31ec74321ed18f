/// A section of configuration files.
public enum ConfigurationSection: Hashable, Sendable, CustomStringConvertible {
  /// `[fetch]`: for everything that is fetched.
  case fetch
  /// `[host example.com]`, `[host example.com:8443]`: for one host, in lower case.
  case host(String)
  /// `[repository docker.io/team/app]`, `[repository docker.io/team/*]`: what the roots of content trust are anchored in.
  case repository(String)
  /// `[registry example.com:5000]`: for the repositories of one registry, in lower case.
  case registry(String)
  /// `[console]`: how the terminal interface looks and what it takes.
  case console
  /// `[keys]`: which keys mean which command there.
  case keys
  /// `[colours]`: which colour each role of text has there.
  case colours

  /// Reads what stands between the brackets; nil where it is no section.
  init?(_ text: String) {
    let words = text.split { $0 == " " || $0 == "\t" }
    switch (words.first, words.count) {
    case ("fetch", 1): self = .fetch
    case ("host", 2): self = .host(words[1].lowercased())
    case ("repository", 2): self = .repository(String(words[1]))
    case ("registry", 2): self = .registry(words[1].lowercased())
    case ("console", 1): self = .console
    case ("keys", 1): self = .keys
    case ("colours", 1): self = .colours
    default: return nil
    }
  }

  /// As it stands in a file, without the brackets.
  public var description: String {
    switch self {
    case .fetch: "fetch"
    case .host(let authority): "host \(authority)"
    case .repository(let name): "repository \(name)"
    case .registry(let name): "registry \(name)"
    case .console: "console"
    case .keys: "keys"
    case .colours: "colours"
    }
  }
}
