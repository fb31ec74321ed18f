public import Discovery
public import Fetch
public import OpenPGP
public import TrustModel

/// Where keys to be reviewed come from.
public enum KeyOrigin: Sendable {
  /// Octets at hand, and what to call them.
  case octets([UInt8], name: String)
  /// An address that a person named.
  case address(Address)
  /// Whatever discovery yields for the names below a prefix.
  case discovery(DiscoveryTarget)

  /// Whether a server is asked for it.
  public var isRemote: Bool {
    if case .octets = self { false } else { true }
  }

  /// What is being done on the way to reviews.
  public enum Step: Sendable {
    /// An address that a page named is asked for keys.
    case fetching(Address)
    /// So many octets have come, of so many where the server has said that; told four times a second at the most.
    case receiving(octets: Int, of: UInt64?)
    /// So many octets have come, and are read and judged.
    case judging(octets: Int)
  }

  /// Fetches, reads and judges the keys: one review for each source; `progress` is told each step as it begins.
  ///
  /// - Throws: `ChangeError.notFound` where there are no keys, `.undetermined` where they could not be had, `.unfit` and
  ///   `.ambiguous` as for `TrustReview`. Where one source of several fails, nothing is returned.
  public func reviews(
    by fetcher: Fetcher, allowsHTTP: Bool = false, judge: CertificateJudge = CertificateJudge(), at now: Timestamp,
    progress: (Step) -> Void = { _ in }
  ) throws(ChangeError) -> [TrustReview] {
    switch self {
    case .octets(let octets, let name):
      return [try TrustReview(octets, source: name, judge: judge, at: now)]
    case .address(let address):
      let keys: PublishedKeys
      do throws(FetchError) {
        keys = try withoutActuallyEscaping(progress) { progress throws(FetchError) in
          try PublishedKeys.fetch(address, by: fetcher, allowsHTTP: allowsHTTP, progress: Self.paced(progress))
        }
      } catch {
        throw Self.failure(error, address)
      }
      progress(.judging(octets: keys.octets.count))
      return [try Self.review(keys, judge, now)]
    case .discovery(let target):
      let found = DiscoveryClient(fetcher: fetcher, allowsHTTP: allowsHTTP).discover(target, wanting: .keys)
      guard !found.keys.isEmpty else { throw Self.nothing(found, target) }
      var reviews: [TrustReview] = []
      for endpoint in found.keys {
        progress(.fetching(endpoint.address))
        let keys: PublishedKeys
        do throws(FetchError) {
          keys = try withoutActuallyEscaping(progress) { progress throws(FetchError) in
            try PublishedKeys.fetch(
              endpoint, of: target, by: fetcher, allowsHTTP: allowsHTTP, progress: Self.paced(progress))
          }
        } catch {
          throw Self.failure(error, endpoint.address)
        }
        progress(.judging(octets: keys.octets.count))
        reviews.append(try Self.review(keys, judge, now))
      }
      return reviews
    }
  }

  /// Tells of what comes at the pace of a person.
  private static func paced(_ progress: @escaping (Step) -> Void) -> (Int, UInt64?) -> Void {
    var last = ContinuousClock.now
    return { received, total in
      guard ContinuousClock.now - last >= .milliseconds(250) else { return }
      last = .now
      progress(.receiving(octets: received, of: total))
    }
  }

  private static func review(
    _ keys: PublishedKeys, _ judge: CertificateJudge, _ now: Timestamp
  ) throws(ChangeError) -> TrustReview {
    func shown(_ address: Address) -> String { VisibleText(address.description).description }
    var route: [String] = []
    if let endpoint = keys.endpoint {
      route.append("named by the page \(shown(endpoint.page)), for \(VisibleText(endpoint.tagPrefix))")
      route += endpoint.pageRedirects.map { "that page redirected to \(shown($0))" }
      if endpoint.page.scheme == .http {
        route.append("that page came over plain http: anybody on the way could change it")
      }
    }
    route += keys.redirects.map { "redirected to \(shown($0))" }
    if ([keys.address] + keys.redirects).contains(where: { $0.scheme == .http }) {
      route.append("it came over plain http: anybody on the way could change it")
    }
    return try TrustReview(
      keys.octets, source: keys.address.description, route: route, isDiscovered: keys.endpoint != nil, judge: judge,
      at: now)
  }

  private static func failure(_ error: FetchError, _ address: Address) -> ChangeError {
    error.isNotFound
      ? .notFound("there are no keys at \(VisibleText(address.description)): \(error); nothing was trusted")
      : .undetermined("the keys could not be fetched: \(error); nothing was trusted")
  }

  private static func nothing(_ found: DiscoveryResult, _ target: DiscoveryTarget) -> ChangeError {
    let sentence =
      "discovery found no keys for \(target.name): \(found.problems.joined(separator: "; ")); for each step: keyreeve"
      + " discover \(target); or name a file or an address with the key"
    return found.wasAnswered ? .notFound(sentence) : .undetermined(sentence)
  }
}
