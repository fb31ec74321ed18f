public import ArgumentParser
internal import Discovery
internal import ReadCommands
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// `keyreeve trust`: reviews keys and stores them in the administrator layer.
public struct TrustCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "Review keys and trust them for the names of a prefix, or for every name.",
    discussion: """
      The review shows each key in full, and where it came from. Compare its fingerprint with one that you got another \
      way (a phone call, paper), not from where the key came from. Without a key, the prefix's own site is asked which \
      keys it publishes (meta discovery).
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var review: ReviewOptions

  @Argument(
    help: ArgumentHelp("Files with public keys, https addresses, or - for standard input.", valueName: "key"))
  var keys: [String] = []

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses requests that do not say for which names, or which keys.
  public func validate() throws {
    guard scope.scope != nil else {
      throw ValidationError(
        "say for which image names: --prefix NAME, or --root for every name there is (keys are never trusted without"
          + " bounds by default)")
    }
    guard !keys.isEmpty || !scope.root else {
      throw ValidationError(
        "name at least one file or https address with a public key, or - for standard input: keys for every name are not"
          + " discovered")
    }
    guard keys.filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("standard input (-) can be read only once")
    }
    if !keys.isEmpty { try scope.refusePort() }
    for key in keys { try review.check(key) }
  }

  /// Reviews, plans and applies.
  public func run() throws {
    guard let scope = scope.scope else { return }
    try withReasons {
      let runner = ChangeRunner(options, change)
      let reviews = try review.reviews(of: try origins(), options, at: runner.now)
      let planner = runner.planner(for: scope)
      let chosen = try review.choose(from: reviews, for: scope, with: planner, change)
      guard !chosen.keys.isEmpty else { throw CommandFailure(.declined, "no key was trusted") }
      let plan = try planner.trust(chosen.keys, in: scope, replacing: review.replace)
      try runner.run(plan, found: chosen.reason)
    }
  }

  private func origins() throws -> [KeyOrigin] {
    guard keys.isEmpty, let prefix = scope.prefix else { return try keys.map { try review.origin(of: $0) } }
    return [.discovery(DiscoveryTarget(name: try ImageName(prefix.prefix.description), port: prefix.port))]
  }
}
