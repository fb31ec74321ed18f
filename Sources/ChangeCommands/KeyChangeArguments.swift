internal import ArgumentParser
internal import ReadCommands
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// The arguments of the commands that change what comes of one key, and how they run.
struct KeyChangeArguments: ParsableArguments {
  @OptionGroup var options: CommonOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var scope: ScopeOptions

  @Argument(help: "The key's full fingerprint.", transform: Fingerprint.argument)
  var fingerprint: Fingerprint

  func validate() throws { try scope.refusePort() }

  /// Plans with the keys judged that the plan's effect depends on, and applies.
  func run(_ plan: (ChangePlanner) -> (Fingerprint, Scope?) throws(ChangeError) -> Plan) throws {
    try withChangeErrors {
      let runner = ChangeRunner(options, change)
      let planner = runner.planner { key in
        key.file.fingerprint == fingerprint || scope.scope.map { key.file.scope.covers($0) } ?? true
      }
      try runner.run(try plan(planner)(fingerprint, scope.scope))
    }
  }
}
