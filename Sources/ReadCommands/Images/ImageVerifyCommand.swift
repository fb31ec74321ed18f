public import ArgumentParser
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
    let record = try images.meant(by: argument.image)
    let verdict = images.verify(record, at: SystemClock.now).verdict
    try Output(options).conclude(verdict, isVerbose: options.verbose)
  }
}
