public import ArgumentParser
internal import Glibc
internal import TrustModel
internal import TrustVerify

/// `keyreeve-verify image export`: a fetched image on standard output.
public struct ImagePrintCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print a fetched image on standard output, as it was delivered.",
    discussion: "The image is read twice: first to judge it, then to print it.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var argument: StoredImageArgument

  /// A command, filled in by the parser.
  public init() {}

  /// Judges, then prints.
  public func run() throws {
    try ImagePrinting(options: options).run(argument.image, unverified: false)
  }
}

/// Prints a fetched image on standard output.
public struct ImagePrinting {
  private let options: CommonOptions

  /// Printing as the options ask for it.
  public init(options: CommonOptions) {
    self.options = options
  }

  /// Judges the image that `text` means, and prints it.
  public func run(_ text: String, unverified: Bool) throws {
    guard isatty(1) == 0 else {
      throw CommandFailure(.usage, "an image is not printed on a terminal: send standard output to a file or a program")
    }
    let export = try ImageExport(options.images, text)
    let now = SystemClock.now
    let verdict = export.verdict(at: now)
    guard export.isAllowed(verdict, unverified: unverified) else {
      throw CommandFailure(verdict.reason, verdict.message)
    }
    var isWhole = true
    let again = export.verdict(at: now) { piece in
      if isWhole { isWhole = Output.write(piece) }
    }
    guard isWhole else { throw CommandFailure(.failed, "standard output: \(String(cString: strerror(errno)))") }
    guard again.reason == verdict.reason else { throw CommandFailure(again.reason, again.message) }
  }
}
