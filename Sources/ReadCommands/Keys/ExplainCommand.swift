public import ArgumentParser
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve explain`: which keys could vouch for images of a name, and why each other key could not.
public struct ExplainCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say which keys could vouch for a name, and why each other key could not.")

  @OptionGroup var options: CommonOptions

  @Argument(help: "An image name, such as example.com/hello.", transform: ImageName.argument)
  var name: ImageName

  @Flag(help: "Show what each file did, in the order in which they are read.")
  var trace = false

  /// A command, filled in by the parser.
  public init() {}

  /// Explains.
  public func run() throws {
    let now = SystemClock.now
    let explanation = Explainer(options.layers, for: name, at: now).explanation(of: name, at: now)
    try Output(options).result(explanation.document(withSteps: trace)) { style in
      ExplanationText(explanation, style, showsTrace: trace).lines
    }
  }
}
