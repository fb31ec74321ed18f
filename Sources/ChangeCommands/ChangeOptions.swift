internal import ArgumentParser

/// The options that every changing command takes beside the common ones.
struct ChangeOptions: ParsableArguments {
  @Flag(name: .customLong("dry-run"), help: "Show the plan and change nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Show the plan, and ask before it is applied.")
  var ask = false

  @Option(name: .long, help: "Why; kept in the log (at most 1000 octets).")
  var reason: String?

  /// The longest reason, in octets.
  static let reasonLimit = 1000

  func validate() throws {
    if ask, dryRun { throw ValidationError("--ask and --dry-run exclude each other") }
    if let reason, reason.utf8.count > Self.reasonLimit {
      throw ValidationError("--reason is longer than \(Self.reasonLimit) octets")
    }
  }
}
