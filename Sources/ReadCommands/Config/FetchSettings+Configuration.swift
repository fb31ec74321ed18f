public import Fetch
public import Stores
internal import TrustModel

extension FetchSettings {
  /// How servers are reached, by the configuration of a machine and the environment: proxies (`http_proxy`,
  /// `https_proxy`, `all_proxy`, `no_proxy`) and authorities (`SSL_CERT_FILE`) where no file says otherwise.
  ///
  /// Paths in configuration are taken under its sysroot, those of the environment are not.
  ///
  /// - Throws: `FetchError.configuration` for a value that cannot be used.
  public init(_ configuration: Configuration, environment: (String) -> String?) throws(FetchError) {
    self.init()
    proxies = try ConfiguredFetching.proxies(configuration, environment)
    caBundle = ConfiguredFetching.file(.caBundle, in: .fetch, configuration)
    if caBundle == nil, let path = environment("SSL_CERT_FILE"), !path.isEmpty {
      caBundle = SettingFile(path: path, origin: "SSL_CERT_FILE")
    }
    for authority in configuration.hosts {
      let host = try ConfiguredFetching.host(authority, configuration)
      if hosts.contains(where: { $0.host == host.host && $0.port == host.port }) {
        throw .configuration(
          "[host \(VisibleText(authority))]", "another section names the same host: write it the same")
      }
      hosts.append(host)
    }
  }
}

/// Reads what configuration says of fetching.
private enum ConfiguredFetching {
  static func proxies(
    _ configuration: Configuration, _ environment: (String) -> String?
  ) throws(FetchError) -> ProxyRule {
    guard let entry = configuration.value(.proxy, in: .fetch) else {
      do throws(ProxyEnvironment.Malformed) {
        return .environment(try ProxyEnvironment(environment))
      } catch {
        throw .configuration(
          error.variable, "the environment names no proxy there: unset it, or write http://HOST:PORT")
      }
    }
    if entry.text == "none" { return .none }
    guard let proxy = Proxy(octets: entry.value) else {
      throw .configuration(place(entry, configuration), "write http://HOST:PORT, or none")
    }
    return .always(proxy)
  }

  static func file(
    _ key: ConfigurationKey, in section: ConfigurationSection, _ configuration: Configuration
  ) -> SettingFile? {
    configuration.value(key, in: section).flatMap { entry in
      entry.text.map {
        SettingFile(path: configuration.sysroot.located($0), origin: place(entry, configuration))
      }
    }
  }

  static func host(_ authority: String, _ configuration: Configuration) throws(FetchError) -> HostSettings {
    let section = ConfigurationSection.host(authority)
    var host: HostSettings
    do throws(AddressError) {
      host = try HostSettings(authority: authority)
    } catch {
      throw .configuration("[host \(VisibleText(authority))]", "\(error)")
    }
    host.caBundle = file(.caBundle, in: section, configuration)
    host.clientCertificate = file(.clientCertificate, in: section, configuration)
    host.clientKey = file(.clientKey, in: section, configuration)
    host.unixSocket = configuration.value(.unixSocket, in: section)?.text.map(configuration.sysroot.located)
    host.allowsPrivate = configuration.value(.allowPrivate, in: section).map { $0.text == "yes" }
    host.connectTo = try connection(section, configuration)
    for entry in configuration.values(.header, in: section) { host.headers.append(try header(entry, configuration)) }
    if let key = configuration.value(.clientKey, in: section), host.clientCertificate == nil {
      throw .configuration(place(key, configuration), "a client-key needs a client-certificate beside it")
    }
    return host
  }

  private static func connection(
    _ section: ConfigurationSection, _ configuration: Configuration
  ) throws(FetchError) -> Address? {
    guard let entry = configuration.value(.connectTo, in: section), let text = entry.text else { return nil }
    guard let address = try? Address("https://" + text), address.target == "/", !text.contains("/") else {
      throw .configuration(place(entry, configuration), "write HOST:PORT")
    }
    return address
  }

  private static func header(
    _ entry: ConfigurationEntry, _ configuration: Configuration
  ) throws(FetchError) -> SecretHeader {
    let parts = entry.value.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.flatMap { String(validating: $0, as: UTF8.self) } ?? ""
    let value = parts.count == 2 ? Array(parts[1].drop { $0 == 0x20 || $0 == 0x09 }) : []
    guard let header = SecretHeader(name: name, value: value) else {
      throw .configuration(
        place(entry, configuration), "write header = Name: value, with a name that is not the program's own")
    }
    return header
  }

  /// File and line, as they are found from here.
  private static func place(_ entry: ConfigurationEntry, _ configuration: Configuration) -> String {
    "\(VisibleText(configuration.sysroot.located(entry.file))):\(entry.line)"
  }
}
