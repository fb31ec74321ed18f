internal import Glibc

/// A program that was started and has to be waited for.
public struct RunningProgram: ~Copyable {
  /// How a program ended.
  public enum End: Equatable, Sendable {
    /// With this exit status.
    case exited(CInt)
    /// By this signal.
    case signalled(CInt)

    /// What `waitpid` says of a process that has ended.
    init(waitStatus code: CInt) {
      self = code & 0x7f == 0 ? .exited((code >> 8) & 0xff) : .signalled(code & 0x7f)
    }

    /// The status that a shell would say: 128 and the signal where it ended by one.
    public var status: CInt {
      switch self {
      case .exited(let status): status
      case .signalled(let signal): 128 + signal
      }
    }
  }

  /// Its process.
  public let process: CInt
  private let program: ChildProgram

  init(_ process: CInt, of program: ChildProgram) { (self.process, self.program) = (process, program) }

  /// Waits for its end.
  public func wait() -> End {
    var code: CInt = 0
    while unsafe waitpid(process, &code, 0) < 0 {
      // Nobody else waits for it; without a child to wait for, its end is unknown.
      guard errno == EINTR else { return .exited(127) }
    }
    return End(waitStatus: code)
  }

  /// Waits for its end, until a moment of the monotonic clock in milliseconds; then it is killed with its group.
  func wait(until deadline: Int64, seconds: Int) throws(ChildProgramError) -> End {
    while true {
      var code: CInt = 0
      let ended = unsafe waitpid(process, &code, WNOHANG)
      if ended == process { return End(waitStatus: code) }
      if ended < 0, errno != EINTR { return .exited(127) }
      if MonotonicTime.now >= deadline {
        kill()
        throw .tooSlow(program.path, seconds: seconds)
      }
      usleep(10_000)
    }
  }

  /// Ends it, and its group where it has one of its own.
  func kill() {
    _ = Glibc.kill(program.hasOwnGroup ? -process : process, SIGKILL)
    var code: CInt = 0
    while unsafe waitpid(process, &code, 0) < 0, errno == EINTR {}
  }
}
