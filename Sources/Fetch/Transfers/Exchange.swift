/// One request to one server and its answer: takes what libcurl brings, piece by piece, and stops it where it must.
final class Exchange {
  /// Who wants headers and body.
  @safe struct Consumer {
    let onHead: (FetchHead) throws -> Void
    let onData: (UnsafeRawBufferPointer) throws -> Void
  }

  let trail: Trail
  let order: Engine.Order
  /// Whether connections to private addresses are refused.
  let refusesPrivate: Bool
  private let consumer: Consumer

  private(set) var watchdog: Watchdog
  /// Why it was stopped.
  private(set) var failure: FetchError?
  /// What the headers lead to, once they are in.
  private(set) var reception: Reception?
  /// The headers of an answer whose body is wanted.
  private(set) var head: FetchHead?
  private(set) var isConnected = false
  /// The kind of a private address that was not connected to.
  private(set) var privacy: String?
  /// Octets of the body.
  private(set) var received: UInt64 = 0

  private var block = HeaderBlock()
  private var decided = 0.0

  init(_ trail: Trail, _ order: Engine.Order, refusesPrivate: Bool, watchdog: Watchdog, consumer: Consumer) {
    (self.trail, self.order, self.refusesPrivate) = (trail, order, refusesPrivate)
    (self.watchdog, self.consumer) = (watchdog, consumer)
    self.watchdog.beginHop(at: MonotonicClock.now)
  }

  /// The address that is asked.
  var address: Address { trail.current }

  /// Whether a connection may go there.
  func mayConnect(_ octets: [UInt8]) -> Bool {
    guard refusesPrivate, let kind = NetworkAddress(octets: octets)?.privacy else { return true }
    privacy = kind
    return false
  }

  /// The connection stands, maybe an earlier one: whether the request may go there.
  func connect(_ octets: [UInt8]) -> Bool {
    guard mayConnect(octets) else {
      failure = .privateAddress(address, privacy ?? "a private network")
      return false
    }
    isConnected = true
    watchdog.connect(at: MonotonicClock.now)
    return true
  }

  /// What has taken too long by now.
  func breach(at now: Double) -> FetchError? {
    let limits = trail.request.limits
    return switch watchdog.breach(at: now) {
    case .connecting: .unreachable(address, "no connection within \(limits.connect) seconds")
    case .stall: .stalled(address, seconds: limits.stall)
    case .rate: .tooSlow(address, rate: limits.minimumRate)
    case .total: .timeout(address, seconds: limits.total)
    case nil: nil
    }
  }

  /// Whether only a body is still to come that nobody wants, and it was waited for long enough.
  func isDone(at now: Double) -> Bool {
    reception.map { !$0.wantsBody } ?? false && now - decided > 0.5
  }

  /// A header line.
  ///
  /// False stops the transfer.
  func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    watchdog.receive(line.count, at: MonotonicClock.now)
    do throws(HeaderProblem) {
      try unsafe block.add(line)
      guard block.isComplete, reception == nil else { return true }
      let answer = try AnswerHead(block)
      return decide(answer)
    } catch {
      failure = .protocolViolation(address, error.text)
      return false
    }
  }

  /// Octets of what is sent went out.
  func send(_ count: Int) { watchdog.receive(count, at: MonotonicClock.now) }

  /// A piece of the body.
  ///
  /// False stops the transfer.
  func takeBody(_ octets: UnsafeRawBufferPointer) -> Bool {
    let now = MonotonicClock.now
    watchdog.receive(octets.count, at: now)
    received += UInt64(octets.count)
    guard let head else { return received <= FetchLimits.unwantedOctets }
    let limit = trail.request.limits.octets
    guard received <= limit, head.offset + received <= limit else {
      failure = .tooLarge(address, limit: limit)
      return false
    }
    do {
      try unsafe consumer.onData(octets)
    } catch {
      failure = .consumer(error)
    }
    watchdog.excuse(MonotonicClock.now - now)
    return failure == nil
  }

  private func decide(_ answer: AnswerHead) -> Bool {
    let request = trail.request
    decided = MonotonicClock.now
    do throws(FetchError) {
      let reception = try Reception(
        answer, from: address, accepts: request.accepts, resume: order.resume, limit: request.limits.octets,
        isHeadOnly: request.isHeadOnly)
      self.reception = reception
      // What nobody wants is read only where it is short, so that the connection can be used again.
      guard reception.wantsBody else { return answer.contentLength ?? 0 <= FetchLimits.unwantedOctets }
      try announce(FetchHead(answer, reception, trail))
      return true
    } catch {
      failure = error
      return false
    }
  }

  /// Hands the headers of a wanted answer to the consumer.
  func announce(_ head: FetchHead) throws(FetchError) {
    self.head = head
    let before = MonotonicClock.now
    do {
      try consumer.onHead(head)
    } catch {
      throw .consumer(error)
    }
    watchdog.excuse(MonotonicClock.now - before)
  }
}

extension FetchHead {
  /// The headers of an answer whose body is wanted.
  init(_ answer: AnswerHead, _ reception: Reception, _ trail: Trail) {
    (status, address, redirects) = (answer.status, trail.current, trail.hops)
    (etag, lastModified, contentType) = (answer.etag, answer.lastModified, answer.contentType)
    (location, range) = (answer.location, answer.range)
    challenges = answer.challenges
    if case .body(let offset, _, let whole) = reception {
      (self.offset, length) = (offset, whole)
    } else {
      (offset, length) = (0, answer.contentLength)
    }
  }

  /// Nothing was missing.
  init(complete octets: UInt64, _ resume: ResumePoint, _ trail: Trail) {
    (status, address, redirects) = (416, trail.current, trail.hops)
    etag = resume.isEntityTag ? resume.validator : nil
    lastModified = resume.isEntityTag ? nil : resume.validator
    (offset, length, contentType, challenges) = (octets, octets, nil, [])
    (location, range) = (nil, nil)
  }
}
