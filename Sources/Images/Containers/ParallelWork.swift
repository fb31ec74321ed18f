internal import Fetch
internal import Glibc
internal import Registry
internal import Synchronization

/// Jobs that wait for a network, done on a few threads at once.
///
/// Swift's own pool has a thread for each processor and must not be kept waiting. The first failure ends all of them.
final class ParallelWork<Job: Sendable>: Sendable {
  private let jobs: [Job]
  private let next = Atomic(0)
  private let running = Atomic(0)
  private let failure = Mutex<RegistryError?>(nil)
  private let cancellation: Cancellation

  /// Work that is ended by `cancellation`, from outside or by a failure.
  init(_ jobs: [Job], cancellation: Cancellation) { (self.jobs, self.cancellation) = (jobs, cancellation) }

  /// Does all jobs; `watch` is called now and then on the calling thread.
  ///
  /// - Parameter worker: is called on each thread for what does its jobs.
  func run(
    threads: Int, watch: () -> Void, worker: @escaping @Sendable () -> (Job) throws -> Void
  ) throws(RegistryError) {
    let count = min(threads, jobs.count)
    running.store(count, ordering: .relaxed)
    for _ in 0..<count { WorkThread.start { self.work(worker()) } }
    while running.load(ordering: .acquiring) > 0 {
      usleep(2_000)
      watch()
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  private func work(_ body: (Job) throws -> Void) {
    while !cancellation.isCancelled {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < jobs.count else { break }
      do {
        try body(jobs[index])
      } catch {
        failure.withLock { known in
          // What others say when they are stopped is no cause.
          if known == nil { known = RegistryError(any: error) }
        }
        cancellation.cancel()
      }
    }
    running.subtract(1, ordering: .releasing)
  }
}
