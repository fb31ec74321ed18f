public import ArgumentParser
internal import OpenPGP
internal import ReadCommands
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// `keyreeve rotate`: trusts a new key and retires an old one as one change.
public struct RotateCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Trust a new key and retire an old one, as one change.",
    discussion: """
      Without an overlap the old key no longer counts at once. With one, both are trusted until its end: keyreeve audit \
      reminds you, and keyreeve rotate --finish retires the old key.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var review: ReviewOptions

  @Option(name: .long, help: "The full fingerprint of the old key.", transform: Fingerprint.argument)
  var from: Fingerprint

  @Option(name: .long, help: ArgumentHelp("The new key: a file, an https address, or -.", valueName: "key"))
  var to: String?

  @Option(name: .long, help: ArgumentHelp("Trust both keys for so many days.", valueName: "days"))
  var overlap: Int?

  @Option(
    name: .long, help: ArgumentHelp("Trust both keys until then (RFC 3339).", valueName: "time"),
    transform: Timestamp.argument)
  var until: Timestamp?

  @Flag(name: .long, help: "Retire the old key of a rotation with an overlap.")
  var finish = false

  /// The longest overlap, in days: ten years.
  static let overlapLimit = 3650

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses requests that do not say what is to be done.
  public func validate() throws {
    guard scope.scope != nil else {
      throw ValidationError("say for which image names: --prefix NAME, or --root for every name there is")
    }
    try scope.refusePort()
    guard finish != (to != nil) else {
      throw ValidationError("name the new key with --to KEY, or end a rotation with --finish")
    }
    if overlap != nil, until != nil { throw ValidationError("--overlap and --until exclude each other") }
    if finish, overlap != nil || until != nil { throw ValidationError("--finish ends the overlap: it takes no other") }
    if let overlap, !(1...Self.overlapLimit).contains(overlap) {
      throw ValidationError("--overlap is from 1 to \(Self.overlapLimit) days")
    }
    if let until, until <= SystemClock.now { throw ValidationError("--until \(until) has passed") }
    if let to { try review.check(to) }
  }

  /// Reviews, plans and applies.
  public func run() throws {
    guard let scope = scope.scope else { return }
    try withReasons {
      let runner = ChangeRunner(options, change)
      guard let to else {
        let planner = runner.planner(for: scope, and: from)
        return try runner.run(try planner.finishRotation(from: from, in: scope))
      }
      let reviews = try review.reviews(of: [try review.origin(of: to)], options, at: runner.now)
      let planner = runner.planner(for: scope, and: from)
      let found = reviews.flatMap(\.candidates).map(\.certificate.fingerprint)
      try planner.checkRotation(from: from, to: found, in: scope)
      let remarked = reviews.map { $0.remarking { Change.words(planner.certification(of: $0, by: from, in: scope)) } }
      let chosen = try review.choose(from: remarked, for: scope, with: planner, change)
      guard chosen.keys.count <= 1 else {
        throw CommandFailure(.usage, "\(VisibleText(to)) holds several keys: name the one with --fingerprint")
      }
      guard let candidate = chosen.keys.first else { throw CommandFailure(.declined, "no key was trusted") }
      let due = until ?? overlap.map { runner.now.advanced(by: Int64($0) * 86_400) }
      let plan = try planner.rotate(from: from, to: candidate, in: scope, due: due, replacing: review.replace)
      try runner.run(plan, found: chosen.reason)
    }
  }
}
