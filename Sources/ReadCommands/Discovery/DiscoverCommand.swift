public import ArgumentParser
internal import Discovery
internal import Fetch
internal import StrictJSON
internal import TrustModel

/// `keyreeve discover`: meta discovery, step by step.
public struct DiscoverCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "discover", abstract: "Ask where an image and its keys are, and show each step.",
    discussion: "Nothing is downloaded but the discovery pages, and nothing is trusted.")

  @OptionGroup var options: CommonOptions

  @Argument(
    help: ArgumentHelp(
      "The image's name; its host may have a port.", valueName: "name[:version][,label=value…]"),
    transform: DiscoveryTarget.argument)
  var name: DiscoveryTarget

  @Flag(name: .customLong("insecure-allow-http"), help: "Ask over plain http too where https gives nothing.")
  var allowHTTP = false

  /// A command, filled in by the parser.
  public init() {}

  /// Discovers.
  public func run() throws {
    let fetcher = Fetcher(try options.fetchSettings())
    let result = DiscoveryClient(fetcher: fetcher, allowsHTTP: allowHTTP).discover(name, wanting: .both)
    let isFound = !result.images.isEmpty || !result.keys.isEmpty
    let reason: Reason = isFound ? .accepted : result.wasAnswered ? .notFound : .failed
    let document = result.document(of: name, reason)
    try Output(options).result(document) { style in
      DiscoveryText(result: result, target: name, style: style).lines
    }
    if !isFound { throw CommandEnd(reason) }
  }
}

extension DiscoveryTarget {
  /// Reads `host[:port]/path[:version][,label=value…]`.
  @Sendable static func argument(_ text: String) throws -> DiscoveryTarget {
    do {
      return try DiscoveryTarget(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
