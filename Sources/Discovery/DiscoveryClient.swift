public import Fetch
internal import TrustModel

/// Asks servers for the pages that discovery wants.
public struct DiscoveryClient {
  private let fetcher: Fetcher
  private let allowsHTTP: Bool
  private let seconds: Int

  /// A client that asks through `fetcher`; plain http only where that is allowed, and only after https failed.
  ///
  /// All pages together take at most so many seconds.
  public init(fetcher: Fetcher, allowsHTTP: Bool = false, seconds: Int = Discovery.timeLimit) {
    (self.fetcher, self.allowsHTTP, self.seconds) = (fetcher, allowsHTTP, seconds)
  }

  /// Discovers.
  ///
  /// What fails is a step of the result like any other.
  public func discover(_ target: DiscoveryTarget, wanting wish: Discovery.Wish) -> DiscoveryResult {
    var discovery = Discovery(target, wanting: wish, allowsHTTP: allowsHTTP)
    let end = ContinuousClock.now.advanced(by: .seconds(seconds))
    while let page = discovery.next {
      let left = ContinuousClock.now.duration(to: end).components.seconds
      guard left > 0 else {
        discovery.stop("not asked: the pages together have taken more than \(seconds) seconds; try again later")
        break
      }
      discovery.take(answer(of: page, within: Int(left)))
    }
    return discovery.result
  }

  private func answer(of page: Address, within seconds: Int) -> Discovery.Answer {
    var request = FetchRequest(page, limits: .page)
    request.limits.total = min(request.limits.total, seconds)
    request.allowsHTTP = allowsHTTP
    request.trustedHost = page.authority
    return Discovery.Answer(to: request, by: fetcher)
  }
}

extension Discovery.Answer {
  /// What a server answers to the request for a page.
  public init(to request: FetchRequest, by fetcher: Fetcher) {
    do throws(FetchError) {
      let answer = try fetcher.octets(request)
      self = .page(answer.body, redirects: answer.head.redirects)
    } catch .status(let status, _) {
      self = .status(status, redirects: fetcher.redirects)
    } catch {
      self = .failed("\(error)", redirects: fetcher.redirects)
    }
  }
}
