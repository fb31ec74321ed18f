/// The way of a request through redirects: where it is, and whether it may go on.
///
/// Pure.
///
/// Source: reference/security.md, rows H-03 to H-06 and D-06.
struct Trail {
  let request: FetchRequest
  /// Where it is.
  private(set) var current: Address
  /// The addresses that redirects led to.
  private(set) var hops: [Address] = []
  /// Whether it has never left the origin of the request: what the host may see of our secrets, no other may.
  private(set) var stayedAtOrigin = true

  /// - Throws: `insecure` for an http address where the request does not allow it.
  init(_ request: FetchRequest) throws(FetchError) {
    guard request.address.scheme == .https || request.allowsHTTP else { throw .insecure(request.address) }
    (self.request, current) = (request, request.address)
  }

  /// Whether what is sent is no secret and may go over plain http, as the request allows.
  var sendsOpenly: Bool {
    guard case .piece = request.body else { return false }
    return request.allowsHTTP && stayedAtOrigin
  }

  /// Goes where a `Location` line leads.
  mutating func follow(_ location: String) throws(FetchError) {
    // A fragment is for the reader of a page.
    let reference = location.firstIndex(of: "#").map { String(location[..<$0]) } ?? location
    let next: Address
    do throws(AddressError) {
      next = try current.resolving(reference)
    } catch {
      throw .address(error)
    }
    guard current.scheme == .http || next.scheme == .https else { throw .downgrade(from: current, to: next) }
    let trace = hops + [next]
    // What was sent is never sent again, to whomever.
    let limit = request.body == nil ? request.limits.redirects : 0
    guard hops.count < limit, next != request.address, !hops.contains(next) else {
      throw .redirects(limit: limit, trace: next == request.address ? [next] + trace : trace)
    }
    (current, hops) = (next, trace)
    stayedAtOrigin = stayedAtOrigin && next.hasOrigin(of: request.address)
  }

  /// Whether private addresses are refused here: nobody who may has named the host.
  func refusesPrivate(_ settings: HostSettings?) -> Bool {
    if let settings { return settings.allowsPrivate == false && (request.isDiscovered || !hops.isEmpty) }
    if let trusted = request.trustedHost, (try? Address("https://" + trusted))?.authority == current.authority {
      return false
    }
    return request.isDiscovered || current.authority != request.address.authority
  }
}
