public import ArgumentParser
internal import ReadCommands
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// `keyreeve disable`: switches a key of the distribution off.
public struct DisableCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Switch a key of the distribution off by an empty administrator file.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var scope: ScopeOptions

  @Argument(help: "The key's full fingerprint.", transform: Fingerprint.argument)
  var fingerprint: Fingerprint

  /// A command, filled in by the parser.
  public init() {}

  /// Plans and applies.
  public func run() throws {
    try withChangeErrors {
      let runner = ChangeRunner(options, change)
      let planner = runner.planner { key in
        key.file.fingerprint == fingerprint || scope.scope.map { key.file.scope.covers($0) } ?? true
      }
      try runner.run(planner.disable(fingerprint, in: scope.scope))
    }
  }
}
