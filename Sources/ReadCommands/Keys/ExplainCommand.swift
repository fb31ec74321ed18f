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

  /// A command, filled in by the parser.
  public init() {}

  /// Explains.
  public func run() throws {
    let now = SystemClock.now
    let explanation = Explainer(options.layers, for: name, at: now).explanation(of: name, at: now)
    Output(options).result(explanation.document) { style in ExplanationText(explanation, style).lines }
  }
}

/// An explanation as text.
struct ExplanationText {
  let lines: [String]

  init(_ explanation: Explanation, _ style: TextStyle) {
    var lines = [style.heading("\(explanation.name): \(explanation.accepts.count) accepted")]
    for row in explanation.accepts {
      lines.append("  " + style.good("+") + " \(Self.key(row))  \(Self.scope(row))")
      lines.append("      \(row.file)")
    }
    if !explanation.refuses.isEmpty { lines.append(style.heading("Not accepted")) }
    for row in explanation.refuses {
      lines.append("  " + style.bad("-") + " \(Self.key(row))  \(row.detail ?? row.status.rawValue)")
      lines.append("      \(VisibleText(row.file))" + (row.by.map { ", by \($0)" } ?? ""))
    }
    lines += explanation.notes.map { "note: \($0)" }
    self.lines = lines
  }

  private static func key(_ row: ConsideredKey) -> String {
    row.fingerprint?.description ?? "(\(row.status.rawValue))"
  }

  private static func scope(_ row: ConsideredKey) -> String {
    row.scope == .root ? "trusted for every name" : "trusted for \(row.scope)"
  }
}
