public import Fetch
internal import TrustModel

/// Asks servers for the pages that discovery wants.
public struct DiscoveryClient {
  private let fetcher: Fetcher
  private let allowsHTTP: Bool

  /// A client that asks through `fetcher`; plain http only where that is allowed, and only after https gave nothing.
  public init(fetcher: Fetcher, allowsHTTP: Bool = false) {
    (self.fetcher, self.allowsHTTP) = (fetcher, allowsHTTP)
  }

  /// Discovers.
  ///
  /// What fails is a step of the result like any other.
  public func discover(_ target: DiscoveryTarget, wanting wish: Discovery.Wish) -> DiscoveryResult {
    var discovery = Discovery(target, wanting: wish, allowsHTTP: allowsHTTP)
    while let page = discovery.next { discovery.take(answer(of: page)) }
    return discovery.result
  }

  private func answer(of page: Address) -> Discovery.Answer {
    var request = FetchRequest(page, limits: .page)
    request.allowsHTTP = allowsHTTP
    request.trustedHost = page.authority
    do throws(FetchError) {
      let answer = try fetcher.octets(request)
      return .page(answer.body, redirects: answer.head.redirects)
    } catch .status(let status, _) {
      return .status(status, redirects: fetcher.redirects)
    } catch {
      return .failed("\(error)", redirects: fetcher.redirects)
    }
  }
}
