internal import CTerm
internal import Synchronization

/// Where background work leaves its results for the event loop, which wakes up for them.
///
/// Every thread may post. The loop takes values in the order in which they were posted. Nothing limits their number:
/// post progress at a pace that a person can follow.
public final class Mailbox<Value: Sendable>: Sendable {
  private let values = Mutex<[Value]>([])
  /// Below 0 when the system had no descriptor left.
  let descriptor: Int32

  /// An empty mailbox.
  ///
  /// It takes one file descriptor.
  public init() { descriptor = cterm_mailbox_open() }

  deinit {
    if descriptor >= 0 { cterm_close_descriptor(descriptor) }
  }

  /// Leaves a value and wakes the loop.
  public func post(_ value: Value) {
    values.withLock { $0.append(value) }
    if descriptor >= 0 { cterm_mailbox_post(descriptor) }
  }

  /// Everything that was posted and not yet taken.
  func take() -> [Value] {
    // Drained first: a value that is posted in between is taken now, and wakes the loop once for nothing.
    if descriptor >= 0 { cterm_mailbox_drain(descriptor) }
    return values.withLock { waiting in
      let taken = waiting
      waiting = []
      return taken
    }
  }
}
