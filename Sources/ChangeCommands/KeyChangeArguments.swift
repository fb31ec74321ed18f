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
  @OptionGroup var scope: KeyScopeOptions

  @Argument(help: "The key's full fingerprint.", transform: Fingerprint.argument)
  var fingerprint: Fingerprint

  /// Plans with the keys judged that the plan's effect depends on, and applies.
  func run(
    _ plan: (ChangePlanner) -> (Fingerprint, Scope?) throws(ChangeError) -> Plan,
    everywhere: (ChangePlanner) -> (Fingerprint) throws(ChangeError) -> Plan
  ) throws {
    try scope.run(fingerprint, options, change, plan, everywhere: everywhere)
  }
}

/// In which scopes of one key something is changed.
struct KeyScopeOptions: ParsableArguments {
  @OptionGroup var scope: ScopeOptions

  @Flag(
    name: .long,
    help: "In every scope that has it; to disable it so also takes the administrator's own copies of it away.")
  var everywhere = false

  /// Whether any scope is named.
  var isGiven: Bool { everywhere || scope.scope != nil }

  func validate() throws {
    try scope.refusePort()
    if everywhere, scope.scope != nil {
      throw ValidationError("--everywhere goes without --prefix and --root: it means every scope")
    }
  }

  /// Plans with the keys judged that the plan's effect depends on, and applies.
  func run(
    _ fingerprint: Fingerprint, _ options: CommonOptions, _ change: ChangeOptions,
    _ plan: (ChangePlanner) -> (Fingerprint, Scope?) throws(ChangeError) -> Plan,
    everywhere: (ChangePlanner) -> (Fingerprint) throws(ChangeError) -> Plan
  ) throws {
    try withReasons {
      let runner = ChangeRunner(options, change)
      let planner = runner.planner { key in
        key.file.fingerprint == fingerprint || scope.scope.map { key.file.scope.covers($0) } ?? true
      }
      try runner.run(
        self.everywhere ? try everywhere(planner)(fingerprint) : try plan(planner)(fingerprint, scope.scope))
    }
  }
}
