import CTerm
import Glibc

/// Runs a program to its end and collects what it wrote; for tests only.
///
/// Foundation's own class waits for every holder of a pipe, so that a daemon the child leaves behind hangs it. Here the
/// child gets no descriptors but its three, both outputs are drained together, and the end of the child is the end.
public enum ChildProcess {
  /// What became of a child.
  public struct Outcome: Sendable {
    /// The exit status, or 128 and the signal's number where a signal ended it.
    public let status: Int32
    /// Standard output.
    public let output: [UInt8]
    /// Standard error.
    public let errors: [UInt8]
    /// Standard output as text.
    public var text: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as text.
    public var errorText: String { String(decoding: errors, as: UTF8.self) }
  }

  /// Why a child could not be run to its end.
  public enum Failure: Error {
    /// A system call failed: its name and errno.
    case system(String, Int32)
    /// The child ran for too long and was killed.
    case timedOut([String])
  }

  /// What a child sees of the environment unless told otherwise: nothing of the person's own.
  public static let cleanEnvironment = [
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
  ]

  /// Runs `arguments` (the first one looked up in PATH), writes `input` to it, and waits for at most `timeout` seconds.
  public static func run(
    _ arguments: [String], environment: [String: String] = cleanEnvironment, input: [UInt8] = [],
    directory: String? = nil, timeout: Double = 60
  ) throws -> Outcome {
    var pipes = try ChildPipes()
    defer { pipes.closeAll() }
    let child = try spawn(arguments, environment: environment, directory: directory, pipes: pipes)
    pipes.closeChildEnds()
    var collector = ChildOutput(pipes: &pipes, input: input)
    defer { collector.finish() }
    let deadline = monotonicSeconds() + timeout
    var status: Int32?
    while status == nil {
      let open = collector.transfer(milliseconds: 20)
      status = reap(child, waiting: !open)
      if status == nil, monotonicSeconds() > deadline {
        kill(child, SIGKILL)
        _ = reap(child, waiting: true)
        throw Failure.timedOut(arguments)
      }
    }
    while collector.transfer(milliseconds: 0), collector.progressed {}
    return Outcome(status: status ?? -1, output: collector.output, errors: collector.errors)
  }

  private static func spawn(
    _ arguments: [String], environment: [String: String], directory: String?, pipes: ChildPipes
  ) throws -> pid_t {
    let words = (directory.map { ["env", "-C", $0] } ?? []) + arguments
    let argumentVector = words.map { strdup($0) } + [nil]
    let environmentVector = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argumentVector + environmentVector { free(text) } }
    let child = cterm_spawn(
      words.first ?? "", argumentVector, environmentVector, pipes.input.read, pipes.output.write, pipes.errors.write)
    guard child > 0 else { throw Failure.system("spawn \(words.first ?? "")", -child) }
    return child
  }

  private static func reap(_ child: pid_t, waiting: Bool) -> Int32? {
    var status: Int32 = 0
    // Once both outputs are at their end the child is about to be: it may still run for a moment, never for long, unless
    // it closed them itself; so even then the wait is in small steps that the caller's deadline can end.
    let result = waitpid(child, &status, WNOHANG)
    if result == 0 {
      if waiting { usleep(1000) }
      return nil
    }
    guard result == child else { return -1 }
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }

  private static func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
