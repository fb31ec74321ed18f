public import ArgumentParser
internal import Registry
internal import TrustModel
internal import TrustVerify

/// `keyreeve image verify`: reads a fetched image again, octet by octet, and judges it by today's keys.
public struct ImageVerifyCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read a fetched image again, octet by octet: is it still what was stored, and do today's keys accept it?")

  @OptionGroup var options: CommonOptions
  @OptionGroup var argument: StoredImageArgument

  /// A command, filled in by the parser.
  public init() {}

  /// Verifies.
  public func run() throws {
    let images = options.images
    let record: ImageRecord
    switch try StoredSubject(argument.image, options) {
    case .image(let found): record = found
    case .containers(let records): return try verify(records)
    }
    let verdict = images.verify(record, at: SystemClock.now).verdict
    try Output(options).conclude(verdict, isVerbose: options.verbose)
  }

  /// Of several platforms the first that is refused decides.
  private func verify(_ records: [ContainerRecord]) throws {
    let verdicts = records.map { options.containers.verdict(of: $0) }
    guard let verdict = verdicts.first(where: { !$0.isAccepted }) ?? verdicts.first else { return }
    try Output(options).conclude(verdict, isVerbose: options.verbose)
  }
}
