/// A program that runs beside this one, until somebody wants to know what it said; it ends with its owner at the latest.
///
/// What it writes before that must fit into a pipe, or it waits.
public final class BackgroundProgram {
  private let program: ChildProgram
  private let running: RunningProgram
  private let said: OutputPipe
  private let complaints: OutputPipe
  private var hasEnded = false

  /// Starts it, in a process group of its own; its outputs are collected.
  public init(_ program: ChildProgram) throws(ChildProgramError) {
    (said, complaints) = (try OutputPipe(program.path), try OutputPipe(program.path))
    var own = program
    own.hasOwnGroup = true
    (own.output, own.errors) = (.descriptor(said.writing), .descriptor(complaints.writing))
    self.program = own
    running = try own.start()
    said.closeWriting()
    complaints.closeWriting()
  }

  /// Waits for its end.
  ///
  /// - Parameters:
  ///   - limit: the most octets of each output.
  ///   - seconds: the most time from now on.
  public func outcome(limit: Int = 1 << 20, seconds: Int = 60) throws(ChildProgramError) -> ChildProgram.Outcome {
    let deadline = MonotonicTime.now + Int64(seconds) * 1000
    try Pump(said, complaints, nil, limit: limit, deadline: deadline, process: running.process, path: program.path).run(
      seconds)
    hasEnded = true
    let end = try running.wait(until: deadline, seconds: seconds)
    return ChildProgram.Outcome(end: end, output: said.octets, errors: complaints.octets)
  }

  deinit { if !hasEnded { running.kill() } }
}
