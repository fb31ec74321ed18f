internal import Synchronization

/// Ends a transfer from another thread, within a fraction of a second.
public final class Cancellation: Sendable {
  private let flag = Atomic(false)

  /// Not cancelled.
  public init() {}

  /// Ends what uses it, now and in future.
  public func cancel() { flag.store(true, ordering: .releasing) }

  /// Whether it was cancelled.
  public var isCancelled: Bool { flag.load(ordering: .acquiring) }
}
