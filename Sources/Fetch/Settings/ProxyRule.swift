/// Which proxy is used.
public enum ProxyRule: Sendable {
  /// None.
  case none
  /// This one, always.
  case always(Proxy)
  /// What the variables of the environment say.
  case environment(ProxyEnvironment)

  /// The proxy for an address, if any.
  func proxy(for address: Address) -> Proxy? {
    switch self {
    case .none: nil
    case .always(let proxy): proxy
    case .environment(let environment): environment.proxy(for: address)
    }
  }
}
