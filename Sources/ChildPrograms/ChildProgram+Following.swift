internal import Glibc

extension ChildProgram {
  /// The most lines that are kept of a program that is followed.
  static let followedLineLimit = 100_000

  /// Runs it to its end, and hands on what it writes to its standard output while it comes.
  ///
  /// Signals are treated as by `runInForeground`: this program learns how it ended, whatever is typed or sent. For one thread at a
  /// time.
  ///
  /// - Parameters:
  ///   - lineLimit: lines longer than this, in octets, are handed on and not kept.
  ///   - show: is given each piece.
  /// - Returns: how it ended, and its first lines.
  public func follow(
    lineLimit: Int, _ show: ([UInt8]) -> Void
  ) throws(ChildProgramError) -> (end: RunningProgram.End, lines: [[UInt8]]) {
    let pipe = try OutputPipe(path)
    var program = self
    program.output = .descriptor(pipe.writing)
    let running = RunningProgram(try Spawning(program).startInForeground(), of: program)
    defer { Spawning.leaveForeground() }
    pipe.closeWriting()
    var (lines, line): ([[UInt8]], [UInt8]) = ([], [])
    while let piece = try next(pipe) {
      show(piece)
      for octet in piece {
        guard octet == UInt8(ascii: "\n") || octet == UInt8(ascii: "\r") else {
          if line.count <= lineLimit { line.append(octet) }
          continue
        }
        if !line.isEmpty, line.count <= lineLimit, lines.count < Self.followedLineLimit { lines.append(line) }
        line = []
      }
    }
    if !line.isEmpty, line.count <= lineLimit { lines.append(line) }
    return (running.wait(), lines)
  }

  /// The next piece; nil at the end.
  private func next(_ pipe: OutputPipe) throws(ChildProgramError) -> [UInt8]? {
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe room.withUnsafeMutableBytes { unsafe read(pipe.reading, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path, errno) }
      return count == 0 ? nil : Array(room.prefix(count))
    }
  }
}
