internal import Fetch
internal import Stores
internal import StrictJSON
internal import TrustModel

/// One row of `keyreeve config`: a value in force, and where it comes from.
struct ConfigValue {
  /// Where a value comes from.
  enum Source {
    case file(String, line: Int)
    case environment(String)
    case standard
  }

  let section: String
  let key: String
  /// The value for people; never a secret.
  let shown: String
  let source: Source
  var isSecret = false

  /// The values of a configuration, and those that it leaves to the environment or to the system.
  static func all(_ configuration: Configuration, environment: (String) -> String?) -> [ConfigValue] {
    var values = configuration.entries.map { ConfigValue($0) }
    if configuration.value(.caBundle, in: .fetch) == nil {
      values.insert(authorities(environment), at: 0)
    }
    if configuration.value(.proxy, in: .fetch) == nil {
      values.insert(contentsOf: proxies(environment), at: 0)
    }
    if let server = environment("DOCKER_CONTENT_TRUST_SERVER"), !server.isEmpty {
      values.append(ConfigValue(section: "registry", "server", server, .environment("DOCKER_CONTENT_TRUST_SERVER")))
    }
    for (key, standard) in Self.consoleStandards where configuration.value(key, in: .console) == nil {
      values.append(ConfigValue(section: "console", key.rawValue, standard, .standard))
    }
    let sections =
      ["fetch"] + configuration.hosts.map { "host \($0)" }
      + configuration.repositories.map { "repository \($0)" } + configuration.registries.map { "registry \($0)" }
      + ["registry", "console", "keys", "colours"]
    return sections.flatMap { section in values.filter { $0.section == section } }
  }

  /// What holds for the terminal interface where no file says otherwise.
  static let consoleStandards: [(ConfigurationKey, String)] = [
    (.theme, "default"), (.mouse, "yes"), (.plain, "no"), (.columns, "state scope key expires user"),
  ]

  private init(_ entry: ConfigurationEntry) {
    (section, key) = ("\(entry.section)", entry.key.rawValue)
    source = .file(entry.file, line: entry.line)
    isSecret = entry.isSecret
    shown = entry.text ?? Self.withoutSecret(entry)
  }

  private init(section: String = "fetch", _ key: String, _ shown: String, _ source: Source) {
    (self.section, self.key, self.shown, self.source) = (section, key, shown, source)
  }

  /// A header by its name, a proxy by its host.
  private static func withoutSecret(_ entry: ConfigurationEntry) -> String {
    if entry.key == .proxy { return Proxy(octets: entry.value)?.description ?? "(secret)" }
    let name = entry.value.prefix { $0 != UInt8(ascii: ":") }
    return "\(VisibleText(octets: name, limit: 80)): (secret)"
  }

  private static func authorities(_ environment: (String) -> String?) -> ConfigValue {
    guard let file = environment("SSL_CERT_FILE"), !file.isEmpty else {
      return ConfigValue("ca-bundle", "the system's", .standard)
    }
    return ConfigValue("ca-bundle", file, .environment("SSL_CERT_FILE"))
  }

  private static func proxies(_ environment: (String) -> String?) -> [ConfigValue] {
    let names = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"]
    let set = names.compactMap { name in
      environment(name).flatMap { value in
        let isList = name.lowercased() == "no_proxy"
        let shown = isList ? value : Proxy(octets: Array(value.utf8))?.description ?? "(no proxy)"
        return value.isEmpty ? nil : ConfigValue(isList ? "no-proxy" : "proxy", shown, .environment(name))
      }
    }
    return set.isEmpty ? [ConfigValue("proxy", "none", .standard)] : set
  }

  /// A member of a `keyreeve.config/1` document.
  var document: JSON {
    var (file, line, variable): (JSON, JSON, JSON) = (.null, .null, .null)
    var word = "default"
    switch source {
    case .file(let path, let number): (file, line, word) = (JSON(path), JSON(number), "file")
    case .environment(let name): (variable, word) = (JSON(name), "environment")
    case .standard: break
    }
    return [
      "section": JSON(section), "key": JSON(key), "value": JSON(shown), "secret": .bool(isSecret),
      "source": JSON(word), "file": file, "line": line, "variable": variable,
    ]
  }

  /// Where it comes from, in words.
  var origin: String {
    switch source {
    case .file(let path, let line): "\(VisibleText(path)):\(line)"
    case .environment(let name): "environment, \(name)"
    case .standard: "default"
    }
  }
}
