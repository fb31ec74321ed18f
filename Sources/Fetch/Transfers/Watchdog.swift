/// Tells a transfer that takes too long, by the time and the octets it is told of.
///
/// Pure: it reads no clock.
///
/// Times are seconds of a clock that never goes back. Source: reference/security.md, rows H-10, H-12 and T-18.
struct Watchdog {
  /// What took too long.
  enum Breach: Equatable {
    case connecting, stall, rate, total
  }

  private let limits: FetchLimits
  private let start: Double
  private var hop: Double
  private var activity: Double
  private var isConnected = false
  /// The window that the rate is averaged over: its beginning, and the octets since.
  private var window: (start: Double, octets: Int)?
  /// Time that the consumer took, which the server is not blamed for.
  private var excused = 0.0

  /// A watch over a transfer that begins now.
  init(_ limits: FetchLimits, at now: Double) {
    self.limits = limits
    (start, hop, activity) = (now, now, now)
  }

  /// The next address is being asked.
  mutating func beginHop(at now: Double) {
    (hop, activity, isConnected, window) = (now - excused, now - excused, false, nil)
  }

  /// The connection stands.
  mutating func connect(at now: Double) {
    (isConnected, activity) = (true, now - excused)
  }

  /// Octets have come.
  mutating func receive(_ octets: Int, at now: Double) {
    activity = now - excused
    window = (window?.start ?? activity, (window?.octets ?? 0) + octets)
  }

  /// The consumer was busy for so long.
  mutating func excuse(_ seconds: Double) { excused += seconds }

  /// What has taken too long by now, if anything.
  mutating func breach(at now: Double) -> Breach? {
    let now = now - excused
    if now - start > Double(limits.total) { return .total }
    if !isConnected { return now - hop > Double(limits.connect) ? .connecting : nil }
    if now - activity > Double(limits.stall) { return .stall }
    guard let (begun, octets) = window, now - begun >= Double(limits.rateWindow) else { return nil }
    if Double(octets) < Double(limits.minimumRate) * (now - begun) { return .rate }
    window = (now, 0)
    return nil
  }
}
