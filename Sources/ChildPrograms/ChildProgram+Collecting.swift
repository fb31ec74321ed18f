internal import Glibc

extension ChildProgram {
  /// What a program said, and how it ended.
  public struct Outcome: Sendable {
    /// How it ended.
    public let end: RunningProgram.End
    /// What it wrote to its standard output.
    public let output: [UInt8]
    /// What it wrote to its standard error.
    public let errors: [UInt8]
  }

  /// Runs it to its end and collects both its outputs.
  ///
  /// It has a process group of its own, and what it starts there ends with it where it takes too long. A daemon that it
  /// leaves behind is not waited for: the end of the program ends the reading.
  ///
  /// - Parameters:
  ///   - input: what it reads; a descriptor or the terminal is set by `input` of the program instead.
  ///   - limit: the most octets of each output.
  ///   - seconds: the most time.
  public func collect(
    input text: [UInt8]? = nil, limit: Int = 1 << 20, seconds: Int = 60
  ) throws(ChildProgramError) -> Outcome {
    try collect(feeding: text.map { octets in { octets } }, limit: limit, seconds: seconds)
  }

  private func collect(
    feeding text: (() -> [UInt8])?, limit: Int, seconds: Int
  ) throws(ChildProgramError) -> Outcome {
    let feed = text.map { FeedPipe($0()) }
    let said = try OutputPipe(path), complaints = try OutputPipe(path)
    var program = self
    program.hasOwnGroup = true
    if let feed { program.input = .descriptor(feed.reading) }
    (program.output, program.errors) = (.descriptor(said.writing), .descriptor(complaints.writing))
    let running = try program.start()
    feed?.closeReading()
    said.closeWriting()
    complaints.closeWriting()
    let deadline = MonotonicTime.now + Int64(seconds) * 1000
    do throws(ChildProgramError) {
      try Pump(said, complaints, feed, limit: limit, deadline: deadline, process: running.process, path: path).run(
        seconds)
    } catch {
      running.kill()
      throw error
    }
    let end = try running.wait(until: deadline, seconds: seconds)
    return Outcome(end: end, output: said.octets, errors: complaints.octets)
  }
}
