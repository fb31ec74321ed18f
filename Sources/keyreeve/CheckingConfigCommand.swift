import ArgumentParser
import Console
import ReadCommands
import TrustModel

/// `keyreeve config`, which also says what the terminal interface cannot take: only it knows its commands and colours.
struct CheckingConfigCommand: ParsableCommand {
  static let configuration = ConfigCommand.configuration

  @OptionGroup var read: ConfigCommand

  func run() throws {
    try read.run()
    let problems = Preferences(try read.options.configuration()).problems
    for problem in problems { Output.complain("keyreeve: \(problem)") }
    if !problems.isEmpty { throw CommandEnd(.failed) }
  }
}
