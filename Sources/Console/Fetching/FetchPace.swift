internal import Images

/// Which news of a fetch are worth showing: each step once, and some ten times a second how far the image has come.
///
/// A download says of each piece that it came: thousands a second, where a person reads ten. Where it stalls, time goes
/// on all the same.
struct FetchPace {
  /// The time between two looks at a transfer.
  static let interval = Duration.milliseconds(100)
  /// The time after which a transfer is shown again although nothing came.
  static let patience = Duration.seconds(1)

  private struct Transfer {
    let begun: ContinuousClock.Instant
    let since: UInt64
    var received: UInt64
    var total: UInt64?
    var shown: (at: ContinuousClock.Instant, received: UInt64)
  }

  private let isDownload: Bool
  private var step = ""
  private var transfer: Transfer?

  init(isDownload: Bool) { self.isDownload = isDownload }

  /// Takes in what a fetch says; returns what is to be shown at once: another step.
  mutating func take(_ progress: FetchProgress, at now: ContinuousClock.Instant) -> FetchStatus? {
    guard case .image(let received, let total) = progress else {
      transfer = nil
      guard progress.sentence != step else { return nil }
      step = progress.sentence
      return FetchStatus(step: step, transfer: nil)
    }
    guard transfer == nil else {
      transfer?.received = received
      transfer?.total = total
      return nil
    }
    step = progress.sentence
    transfer = Transfer(begun: now, since: received, received: received, total: total, shown: (now, received))
    return status(at: now)
  }

  /// What is to be shown once an interval has passed; nil where nothing is new.
  mutating func look(at now: ContinuousClock.Instant) -> FetchStatus? {
    guard let transfer, transfer.received != transfer.shown.received || now - transfer.shown.at >= Self.patience
    else { return nil }
    self.transfer?.shown = (now, transfer.received)
    return status(at: now)
  }

  private func status(at now: ContinuousClock.Instant) -> FetchStatus? {
    guard let transfer else { return nil }
    let (seconds, attoseconds) = (now - transfer.begun).components
    return FetchStatus(
      step: step,
      transfer: .init(
        received: transfer.received, total: transfer.total, since: transfer.since,
        seconds: Double(seconds) + Double(attoseconds) / 1e18, isDownload: isDownload))
  }
}
