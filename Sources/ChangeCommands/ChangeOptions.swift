internal import ArgumentParser
internal import ReadCommands
internal import TrustModel

/// The options that every changing command takes beside the common ones.
struct ChangeOptions: ParsableArguments {
  @Flag(name: .customLong("dry-run"), help: "Show the plan and change nothing.")
  var dryRun = false

  @Option(name: .long, help: "Why; kept in the log (at most 1000 octets).")
  var reason: String?

  /// The longest reason, in octets.
  static let reasonLimit = 1000

  func validate() throws {
    if let reason, reason.utf8.count > Self.reasonLimit {
      throw ValidationError("--reason is longer than \(Self.reasonLimit) octets")
    }
  }
}

/// The scope that a changing command works in.
struct ScopeOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("The image names that begin with these components.", valueName: "prefix"),
    transform: Prefix.argument)
  var prefix: Prefix?

  @Flag(name: .long, help: "Every image name.")
  var root = false

  /// The scope, or nil where none is given.
  var scope: Scope? { root ? .root : prefix.map(Scope.prefix) }

  func validate() throws {
    if root, prefix != nil { throw ValidationError("--root and --prefix exclude each other: one scope at a time") }
  }
}
