/// How servers are reached: what configuration and environment say about it.
///
/// Empty: the system's defaults, no proxy.
public struct FetchSettings: Sendable {
  /// Which proxy is used for which address.
  public var proxies = ProxyRule.none
  /// A PEM file of authorities instead of the system's.
  public var caBundle: SettingFile?
  /// What is said about single hosts.
  public var hosts: [HostSettings] = []

  /// The system's defaults, and no proxy.
  public init() {}

  /// The section for the host and port of an address.
  func host(of address: Address) -> HostSettings? {
    hosts.last { $0.host == address.host && $0.port == address.effectivePort }
  }
}
