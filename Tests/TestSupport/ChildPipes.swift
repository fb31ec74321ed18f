import CTerm
import Glibc

/// The three pipes between a test and a child, none of them inherited by accident.
struct ChildPipes {
  struct Pipe {
    var read: Int32
    var write: Int32
  }

  private(set) var input: Pipe
  private(set) var output: Pipe
  private(set) var errors: Pipe

  init() throws {
    _ = Self.ignoreBrokenPipes
    input = try Self.make()
    output = try Self.make()
    errors = try Self.make()
  }

  mutating func closeChildEnds() {
    Self.close(&input.read)
    Self.close(&output.write)
    Self.close(&errors.write)
  }

  mutating func closeAll() {
    closeChildEnds()
    Self.close(&input.write)
    Self.close(&output.read)
    Self.close(&errors.read)
  }

  /// Hands the test's ends over: what writes to the child, what reads its output, what reads its errors.
  mutating func takeParentEnds() -> (input: Int32, output: Int32, errors: Int32) {
    let ends = (input.write, output.read, errors.read)
    (input.write, output.read, errors.read) = (-1, -1, -1)
    return ends
  }

  /// A child that ends before it has read its input must not end the test run too.
  private static let ignoreBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()

  private static func make() throws -> Pipe {
    var ends: [Int32] = [-1, -1]
    let failure = cterm_pipe(&ends)
    guard failure == 0 else { throw ChildProcess.Failure.system("pipe", -failure) }
    return Pipe(read: ends[0], write: ends[1])
  }

  private static func close(_ descriptor: inout Int32) {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }
}
