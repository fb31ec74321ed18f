import CTerm
import Glibc

/// A program that runs until its input is closed.
enum SupervisedProcess {
  /// Starts it; its output goes nowhere.
  static func start(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> (process: Int32, input: Int32) {
    var pipes = try ChildPipes()
    defer { pipes.closeAll() }
    let words = arguments.map { strdup($0) } + [nil]
    let all = ChildProcess.cleanEnvironment.merging(environment) { $1 }
    let variables = all.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    let process = cterm_spawn(arguments[0], words, variables, pipes.input.read, pipes.output.write, 2)
    guard process > 0 else { throw ChildProcess.Failure.system("spawn \(arguments[0])", -process) }
    let ends = pipes.takeParentEnds()
    close(ends.output)
    close(ends.errors)
    return (process, ends.input)
  }
}
