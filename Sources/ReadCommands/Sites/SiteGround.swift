internal import Discovery
internal import Fetch
internal import TrustModel

/// What a client can ask a site for.
protocol SiteGround {
  /// A discovery page.
  func page(_ address: Address) -> Discovery.Answer
  /// A small file: its octets, or why there are none.
  func file(_ address: Address, _ limits: FetchLimits) -> Result<[UInt8], SiteObstacle>
  /// Whether an image is there: its size, where that is known.
  func size(of address: Address) -> Result<UInt64?, SiteObstacle>
  /// Hands over a whole image.
  func read(_ address: Address, _ each: (UnsafeRawBufferPointer) -> Void) -> SiteObstacle?
  /// The file of an image on this machine; nil where it is elsewhere.
  func path(of address: Address) -> String?
}

/// Why there is no answer.
struct SiteObstacle: Error {
  let reason: String
}

/// A site behind web servers.
struct ServedSite: SiteGround {
  private let fetcher: Fetcher
  private let target: DiscoveryTarget
  /// Where the pages are asked for in place of the name's own host.
  private let stand: Address?

  init(_ fetcher: Fetcher, _ target: DiscoveryTarget, stand: Address?) {
    (self.fetcher, self.target, self.stand) = (fetcher, target, stand)
  }

  private struct HeadIsEnough: Error {}

  func page(_ address: Address) -> Discovery.Answer {
    var place = address
    if let stand {
      var base = stand.description[...]
      while base.hasSuffix("/") { base = base.dropLast() }
      guard let other = try? Address(base + address.target) else {
        return .failed("\(base + address.target) is no address", redirects: [])
      }
      place = other
    }
    var request = FetchRequest(place, limits: .page)
    request.trustedHost = place.authority
    return Discovery.Answer(to: request, by: fetcher)
  }

  func file(_ address: Address, _ limits: FetchLimits) -> Result<[UInt8], SiteObstacle> {
    do throws(FetchError) {
      return .success(try fetcher.octets(request(address, limits)).body)
    } catch {
      return .failure(Self.obstacle(error))
    }
  }

  func size(of address: Address) -> Result<UInt64?, SiteObstacle> {
    var head: FetchHead?
    do throws(FetchError) {
      // The body is not wanted: the transfer ends with the head.
      head = try fetcher.fetch(
        request(address, .image(octets: 16 << 30)),
        onHead: {
          head = $0
          throw HeadIsEnough()
        }, onData: { _ in })
    } catch .consumer {
      return .success(head?.length)
    } catch {
      return .failure(Self.obstacle(error))
    }
    return .success(head?.length)
  }

  func read(_ address: Address, _ each: (UnsafeRawBufferPointer) -> Void) -> SiteObstacle? {
    do throws(FetchError) {
      try fetcher.fetch(request(address, .image(octets: 16 << 30))) { each($0) }
      return nil
    } catch {
      return Self.obstacle(error)
    }
  }

  func path(of address: Address) -> String? { nil }

  private func request(_ address: Address, _ limits: FetchLimits) -> FetchRequest {
    var request = FetchRequest(address, limits: limits)
    (request.isDiscovered, request.trustedHost) = (true, target.authority)
    return request
  }

  private static func obstacle(_ error: FetchError) -> SiteObstacle {
    if case .status(let status, _) = error { return SiteObstacle(reason: "the server answered \(status)") }
    return SiteObstacle(reason: "\(error)")
  }
}
