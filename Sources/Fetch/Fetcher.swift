internal import CCurl

/// Fetches what lies at an address: https, within limits, over connections that are kept between requests.
///
/// Never from https to http; no content decoding; no cookies, no .netrc, no credentials but those that the settings name
/// for exactly this origin. For one thread at a time. Source: reference/security.md, section 3.6.
public final class Fetcher {
  private let settings: FetchSettings
  private let cancellation: Cancellation?
  private var engine: Engine?

  /// The addresses that redirects led the last request to, in order, also where it failed.
  public private(set) var redirects: [Address] = []

  /// Milliseconds between two looks at the watchdog and the cancellation.
  private static let pace: CInt = 100

  /// A fetcher by these settings, which ends early when it is cancelled.
  public init(_ settings: FetchSettings = FetchSettings(), cancellation: Cancellation? = nil) {
    (self.settings, self.cancellation) = (settings, cancellation)
  }

  /// Fetches and streams: the head once the headers of the final answer are in, then every piece of the body.
  ///
  /// - Throws: `FetchError`; what a closure throws stops the transfer and comes out as `consumer`. What was streamed
  ///   before an error is worth nothing by itself.
  @discardableResult
  public func fetch(
    _ request: FetchRequest, onHead: (FetchHead) throws -> Void = { _ in },
    onData: (UnsafeRawBufferPointer) throws -> Void
  ) throws(FetchError) -> FetchHead {
    let result: Result<FetchHead, FetchError> = withoutActuallyEscaping(onHead) { onHead in
      unsafe withoutActuallyEscaping(onData) { onData in
        let consumer = unsafe Exchange.Consumer(onHead: onHead, onData: onData)
        return Result { () throws(FetchError) in try follow(request, consumer) }
      }
    }
    return try result.get()
  }

  /// The whole body in memory, for what is small.
  public func octets(_ request: FetchRequest) throws(FetchError) -> (head: FetchHead, body: [UInt8]) {
    try octets(request, progress: { _, _ in })
  }

  /// The same, where `progress` is told how much has come of how much, where that is known.
  public func octets(
    _ request: FetchRequest, progress: (_ received: Int, _ total: UInt64?) -> Void
  ) throws(FetchError) -> (head: FetchHead, body: [UInt8]) {
    var body: [UInt8] = []
    var total: UInt64?
    let head = try unsafe fetch(
      request, onHead: { total = $0.length },
      onData: { piece in
        unsafe body.append(contentsOf: piece)
        progress(body.count, total)
      })
    return (head, body)
  }

  /// Asks one address after the other until there is an answer.
  private func follow(_ request: FetchRequest, _ consumer: Exchange.Consumer) throws(FetchError) -> FetchHead {
    redirects = []
    var trail = try Trail(request)
    var resume = request.resume
    var watchdog = Watchdog(request.limits, at: MonotonicClock.now)
    while true {
      let host = settings.host(of: trail.current)
      let order = try order(trail, host, resume, request.credentials)
      let refusesPrivate = trail.refusesPrivate(host)
      if refusesPrivate, let kind = trail.current.privacyByName { throw .privateAddress(trail.current, kind) }
      // What a proxy connects to cannot be seen from here.
      let exchange = Exchange(
        trail, order, refusesPrivate: refusesPrivate && order.proxy == nil, watchdog: watchdog,
        consumer: consumer)
      let next = try run(exchange)
      watchdog = exchange.watchdog
      switch next {
      case .finished(let head): return head
      case .restart: resume = nil
      case .redirect(let location):
        defer { redirects = trail.hops }
        try trail.follow(location)
      }
    }
  }

  /// The authorities that count, and whether the system's count beside them.
  private func authorities(for trail: Trail, _ host: HostSettings?) -> (files: [SettingFile], besideSystem: Bool) {
    if let own = host?.authorities, !own.isEmpty { return (own, false) }
    let general = settings.caBundle.map { [$0] } ?? []
    // Where a redirect leads, nobody has named.
    guard host == nil, trail.hops.isEmpty, let server = trail.request.namedBy,
      let more = settings.host(of: server)?.authorities, !more.isEmpty
    else { return (general, false) }
    return (general + more, general.isEmpty)
  }

  /// What the engine is to be told for the next address.
  private func order(
    _ trail: Trail, _ host: HostSettings?, _ resume: ResumePoint?, _ credentials: [SecretHeader]
  ) throws(FetchError) -> Engine.Order {
    let isSecure = trail.current.scheme == .https
    let authorities = isSecure ? authorities(for: trail, host) : (files: [], besideSystem: false)
    for file in authorities.files { try file.check() }
    let sharesSecrets = isSecure && trail.stayedAtOrigin
    guard trail.request.body == nil || sharesSecrets || trail.sendsOpenly else { throw .insecure(trail.current) }
    if sharesSecrets {
      try host?.clientCertificate?.check(isKey: host?.clientKey == nil)
      try host?.clientKey?.check(isKey: true)
    }
    let isDirect = host?.unixSocket != nil || host?.connectTo != nil
    return Engine.Order(
      address: trail.current, proxy: isDirect ? nil : settings.proxies.proxy(for: trail.current),
      authorities: authorities.files, besideSystem: authorities.besideSystem, host: host, sharesSecrets: sharesSecrets,
      credentials: sharesSecrets ? credentials : [], body: trail.request.body,
      resume: resume, mediaTypes: trail.request.mediaTypes, isHeadOnly: trail.request.isHeadOnly)
  }

  /// One request and its answer.
  private func run(_ exchange: Exchange) throws(FetchError) -> Exchange.Next {
    let engine: Engine
    if let kept = self.engine { engine = kept } else { engine = try Engine() }
    self.engine = engine
    // Also on the way out of an error: libcurl holds the exchange without owning it.
    defer { withExtendedLifetime(exchange) { engine.stop() } }
    try unsafe engine.begin(exchange.order, exchange.receiver)
    while true {
      if cancellation?.isCancelled == true { throw .cancelled }
      let state = engine.step(milliseconds: Self.pace)
      let now = MonotonicClock.now
      // After a name that does not resolve, libcurl 7.88 refuses every further transfer of the same handle.
      if state == KR_CURL_UNRESOLVED { self.engine = nil }
      if state != KR_CURL_RUNNING || exchange.isDone(at: now) { return try exchange.next(after: state, engine) }
      if let error = exchange.breach(at: now) { throw error }
    }
  }
}

extension Address {
  /// What kind of private address the host is by its name alone, also where a proxy would look it up.
  fileprivate var privacyByName: String? {
    if host == "localhost" || host.hasSuffix(".localhost") { return "this machine itself" }
    return NetworkAddress(host)?.privacy
  }
}
