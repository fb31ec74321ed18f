public import ArgumentParser
internal import OpenPGP
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
      The review shows each key in full. Compare its fingerprint with one that you got another way (a phone call, \
      paper, a web page), not from where the key came from.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var scope: ScopeOptions

  @Argument(help: ArgumentHelp("Files with public keys; - for standard input.", valueName: "key"))
  var keys: [String] = []

  @Option(
    name: .long, help: "Trust exactly the key with this fingerprint, without a question.",
    transform: Fingerprint.argument)
  var fingerprint: Fingerprint?

  @Flag(name: .customLong("skip-fingerprint-review"), help: "Trust every key that is found, without a question.")
  var skipReview = false

  @Flag(name: .long, help: "Replace an empty file that disables the key, or a different copy of it.")
  var replace = false

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses requests that do not say for which names, or which keys.
  public func validate() throws {
    guard scope.scope != nil else {
      throw ValidationError(
        "say for which image names: --prefix NAME, or --root for every name there is (keys are never trusted without"
          + " bounds by default)")
    }
    guard !keys.isEmpty else {
      throw ValidationError("name at least one file with a public key, or - for standard input")
    }
    guard keys.filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("standard input (-) can be read only once")
    }
    if fingerprint != nil, skipReview {
      throw ValidationError("--fingerprint and --skip-fingerprint-review exclude each other")
    }
  }

  /// Reviews, plans and applies.
  public func run() throws {
    guard let scope = scope.scope else { return }
    try withChangeErrors {
      let runner = ChangeRunner(options, change)
      let reviews = try keys.map { key in
        try TrustReview(try KeySource.octets(of: key), source: key == "-" ? "standard input" : key, at: runner.now)
      }
      let chosen = try choose(from: reviews, for: scope, at: runner.now)
      guard !chosen.isEmpty else { throw CommandFailure(.declined, "no key was trusted") }
      let planner = runner.planner { scope.covers($0.file.scope) || $0.file.scope.covers(scope) }
      try runner.run(try planner.trust(chosen, in: scope, replacing: replace))
    }
  }

  /// The keys to trust: by fingerprint, all of them unreviewed, or those that the person says yes to.
  private func choose(from reviews: [TrustReview], for scope: Scope, at now: Timestamp) throws
    -> [TrustReview.Candidate]
  {
    let all = reviews.flatMap(\.candidates)
    if let fingerprint {
      guard let candidate = all.first(where: { $0.certificate.fingerprint == fingerprint }) else {
        let found = all.map { "\($0.certificate.fingerprint)" }.joined(separator: ", ")
        throw CommandFailure(
          .notFound, "no key with fingerprint \(fingerprint) is there; found: \(found); nothing was trusted")
      }
      return [candidate]
    }
    if skipReview { return all }
    let questions = TrustQuestions(scope: scope, now: now, isDryRun: change.dryRun)
    return try reviews.flatMap { try questions.ask(about: $0) }
  }
}
