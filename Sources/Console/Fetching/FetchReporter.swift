internal import Glibc
internal import Images
internal import Synchronization

/// Tells of a fetch at the pace of a person, from a thread of its own: the fetch itself only leaves a note.
final class FetchReporter: Sendable {
  private struct State {
    var pace: FetchPace
    var isOver = false
  }

  private let state: Mutex<State>
  private let post: @Sendable (FetchStatus) -> Void

  init(isDownload: Bool, post: @escaping @Sendable (FetchStatus) -> Void) {
    state = Mutex(State(pace: FetchPace(isDownload: isDownload)))
    self.post = post
  }

  /// Takes in what the fetch says.
  func take(_ progress: FetchProgress) {
    state.withLock { state in
      if let status = state.pace.take(progress, at: .now) { post(status) }
    }
  }

  /// Looks at the transfer ten times a second from now on.
  func start() {
    BlockingThread.start { [self] in
      while look() { usleep(UInt32(FetchPace.interval / .microseconds(1))) }
    }
  }

  /// Ends it: whatever is posted afterwards is the last word.
  func finish() { state.withLock { $0.isOver = true } }

  private func look() -> Bool {
    state.withLock { state in
      guard !state.isOver else { return false }
      if let status = state.pace.look(at: .now) { post(status) }
      return true
    }
  }
}
