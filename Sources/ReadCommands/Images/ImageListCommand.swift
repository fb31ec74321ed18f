public import ArgumentParser
internal import Registry
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve image list`: what has been fetched, the verdict then and the verdict now.
public struct ImageListCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the fetched images, with the verdict then and today's.")

  @OptionGroup var options: CommonOptions

  /// A command, filled in by the parser.
  public init() {}

  /// Lists.
  public func run() throws {
    let images = options.images
    let found: (records: [ImageRecord], problems: [StoredImageError])
    do {
      found = try images.records()
    } catch {
      throw CommandFailure(error.reason, error.description)
    }
    let stored = images.judged(found.records, at: SystemClock.now).sorted {
      ($0.record.name.description, $0.record.fetched) < ($1.record.name.description, $1.record.fetched)
    }
    let containers = try options.containers.listed()
    let output = Output(options)
    for problem in containers.problems { output.message("warning: \(problem)") }
    for problem in found.problems { output.message("warning: \(problem)") }
    let document: JSON = [
      "schema": "keyreeve.images/1", "images": .array(stored.map(\.document)),
      "problems": JSON(found.problems.map(\.description) + containers.problems),
      "containers": .array(containers.records.map(\.document)),
    ]
    try output.result(document) { style in
      let others = ContainerText.table(containers.records, style)
      return (stored.isEmpty && !others.isEmpty ? [] : StoredImageText.table(stored, style))
        + (stored.isEmpty || others.isEmpty ? others : [""] + others)
    }
  }
}
