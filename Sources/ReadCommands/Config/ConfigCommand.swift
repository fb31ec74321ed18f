public import ArgumentParser
internal import ContentTrust
internal import Stores
internal import StrictJSON
internal import TrustModel

/// `keyreeve config`: the effective values and the files they come from.
public struct ConfigCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Show the configuration in force, and the files it comes from.")

  /// The common options.
  @OptionGroup public var options: CommonOptions

  /// A command, filled in by the parser.
  public init() {}

  /// Shows the values.
  public func run() throws {
    let configuration = try options.configuration()
    // What cannot be used is said here as well, and not only by the first command that needs it.
    _ = try options.fetchSettings(configuration)
    _ = try ServerRule(configuration)
    let values = ConfigValue.all(configuration) { Environment[$0] }
    let document: JSON = [
      "schema": "keyreeve.config/1", "files": JSON(configuration.files), "unreadable": JSON(configuration.unreadable),
      "values": .array(values.map(\.document)),
    ]
    try Output(options).result(document) { style in
      var table = TextTable(["SECTION", "KEY", "VALUE", "FROM"], style)
      for value in values {
        table.add([
          .init("[\(VisibleText(value.section))]"), .init(value.key), .init("\(VisibleText(value.shown, limit: 200))"),
          .init(value.origin),
        ])
      }
      let missing = configuration.unreadable.map { "not readable by this user: \(VisibleText($0))" }
      return table.lines + missing.map(style.warning)
    }
  }
}
