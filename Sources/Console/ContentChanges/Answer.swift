internal import Glibc
internal import Synchronization

/// A place where a thread waits for what somebody else says.
///
/// Invariant behind `@unchecked Sendable`: the semaphore is made and destroyed here, and its functions may be called by any thread.
final class Answer<Value: Sendable>: @unchecked Sendable {
  private let value = Mutex<Value?>(nil)
  private let arrival: UnsafeMutablePointer<sem_t>

  init() {
    arrival = .allocate(capacity: 1)
    sem_init(arrival, 0, 0)
  }

  deinit {
    sem_destroy(arrival)
    arrival.deallocate()
  }

  /// Says it; only the first answer counts.
  func give(_ answer: Value) {
    let isFirst = value.withLock { held in
      defer { held = held ?? answer }
      return held == nil
    }
    if isFirst { sem_post(arrival) }
  }

  /// Waits for it, however long.
  func wait() -> Value {
    while true {
      if let answer = value.withLock({ $0 }) { return answer }
      // Interrupted by a signal, it looks again.
      sem_wait(arrival)
    }
  }
}
