public import ArgumentParser
internal import TrustModel
internal import TrustVerify

/// `keyreeve image show`: all that the store knows of an image, the verdict then and the verdict now.
public struct ImageShowCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show where a fetched image came from, the verdict then and today's.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var argument: StoredImageArgument

  /// A command, filled in by the parser.
  public init() {}

  /// Shows.
  public func run() throws {
    let images = options.images
    let record = try images.meant(by: argument.image)
    guard let image = images.judged([record], at: SystemClock.now).first else { return }
    try Output(options).result(image.document) { style in
      StoredImageText.detail(image, style, isVerbose: options.verbose)
    }
  }
}
