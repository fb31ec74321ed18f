internal import Glibc

/// A thread for work that blocks: reading directories, waiting for GnuPG.
///
/// Swift's own pool has a thread for each processor and must not be kept waiting.
enum BlockingThread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs `body` on a new thread; here and now where the system gives none.
  static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let result = pthread_create(
      &thread, nil,
      { context in
        context.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard result == 0 else { return work.takeRetainedValue().body() }
    pthread_detach(thread)
  }
}
