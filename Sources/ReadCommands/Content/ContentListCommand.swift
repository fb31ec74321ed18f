public import ArgumentParser
internal import ContentTrust
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve content list`: every signed tag.
public struct ContentListCommand: LearningCommand, SuggestingCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the signed tags of a repository, and who signs them.")

  /// The common options.
  @OptionGroup public var options: CommonOptions
  @OptionGroup var content: ContentOptions

  /// A command, filled in by the parser.
  public init() {}

  /// What a suggested command needs as well.
  public var given: GivenOptions { content.given(options) }

  /// Lists, and has what was learned kept.
  public func run(keeping keeper: ContentKeeper?) throws {
    let (reading, _) = try content.read(options, keeping: keeper)
    let tags = SignedTag.all(in: reading)
    if let frozen = reading.frozen {
      Output(options).message("note: frozen on \(frozen): what came since then is not seen")
    }
    for error in reading.passedOver { Output(options).message("warning: \(error)") }
    try Output(options).result(document(reading, tags)) { TagTable(tags, $0).blocks }
  }

  private func document(_ reading: RepositoryReading, _ tags: [SignedTag]) -> JSON {
    let document: JSON = [
      "schema": "keyreeve.tags/1", "repository": JSON(reading.repository.name), "anchor": JSON(reading.grounds.word),
      "expires": JSON(reading.earliestExpiry.description), "offline": JSON(reading.offline),
      "kept": JSON(reading.keeping.rawValue),
      "tags": .array(
        tags.map { tag in
          [
            "tag": JSON(tag.name), "digest": JSON(tag.digest), "length": JSON(tag.length), "role": JSON(tag.role),
            "counts": .bool(tag.counts),
          ]
        }),
    ]
    guard let frozen = reading.frozen else { return document }
    return .object((document.members ?? []) + [.init("frozen", JSON(frozen.description))])
  }
}
