public import ArgumentParser
internal import Registry
internal import StrictJSON
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
    let record: ImageRecord
    switch try StoredSubject(argument.image, options) {
    case .image(let found): record = found
    case .containers(let records): return try show(records)
    }
    guard let image = images.judged([record], at: SystemClock.now).first else { return }
    try Output(options).result(image.document) { style in
      StoredImageText.detail(image, style, isVerbose: options.verbose)
    }
  }

  /// One document for one image; of several platforms a list.
  private func show(_ records: [ContainerRecord]) throws {
    let document: JSON =
      records.count == 1
      ? records[0].document : ["schema": "keyreeve.container-images/1", "images": .array(records.map(\.document))]
    try Output(options).result(document) { style in records.flatMap { ContainerText.detail($0, style) } }
  }
}
