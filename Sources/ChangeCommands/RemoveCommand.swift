public import ArgumentParser
internal import ReadCommands
internal import TrustChange
internal import TrustModel

/// `keyreeve remove`: takes a key of the administrator layer away, or a file there that is none.
public struct RemoveCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a key of the administrator layer away, or a file there that is no key.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var scope: KeyScopeOptions

  @Argument(help: "The key's full fingerprint.", transform: Fingerprint.argument)
  var fingerprint: Fingerprint?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A file that is no key: a stray file, a name in capitals. Undo puts it back.", valueName: "path"))
  var file: String?

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses what does not go together.
  public func validate() throws {
    guard (fingerprint == nil) != (file == nil) else {
      throw ValidationError("name either a key by its fingerprint or a file that is no key with --file")
    }
    if file != nil, scope.isGiven {
      throw ValidationError("--file goes without --prefix, --root and --everywhere: the path says all")
    }
  }

  /// Plans and applies.
  public func run() throws {
    if let fingerprint {
      return try scope.run(
        fingerprint, options, change, ChangePlanner.remove, everywhere: ChangePlanner.removeEverywhere)
    }
    try withReasons {
      let runner = ChangeRunner(options, change)
      // What is no key vouches for nobody: no key has to be judged.
      try runner.run(try runner.planner { _ in false }.remove(strayFile: file ?? ""))
    }
  }
}
