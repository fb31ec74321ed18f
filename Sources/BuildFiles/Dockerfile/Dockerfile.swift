internal import TrustModel

/// A Dockerfile, read for the images it names, as the builder that builds it reads it.
///
/// Where builders read a file in different ways it is refused. Source: BuildKit's Dockerfile frontend, `parser` and `dockerfile2llb`.
public struct Dockerfile: Sendable {
  /// A stage: what stands from one `FROM` to the next.
  public struct Stage: Sendable, Equatable {
    /// Its name in lower case, if it has one.
    public let name: String?
    /// The line of its `FROM`, from 1.
    public let line: Int
  }

  /// The octets of the file.
  public let octets: [UInt8]
  /// What was said of the build.
  public let settings: BuildSettings
  /// Its stages, in order.
  public let stages: [Stage]
  /// The number of the stage that is built, from 0.
  public let target: Int
  /// Every image, stage and context that is named: those given with the build first, then in the file's order.
  public let mentions: [ImageMention]
  /// Whether it names an image that is to read it: for BuildKit alone, others do not look.
  public let namesFrontend: Bool

  /// Reads a file.
  ///
  /// - Throws: `BuildFileError` with the line.
  public init(_ octets: [UInt8], _ settings: BuildSettings = BuildSettings()) throws(BuildFileError) {
    guard octets.count <= BuildFileLimits.octets else {
      throw BuildFileError("it has more than \(BuildFileLimits.octets) octets")
    }
    (self.octets, self.settings) = (octets, settings)
    try settings.checkContexts()
    let directives = try ParserDirectives(octets, for: settings.builder)
    var reader = InstructionReader(octets, escape: directives.escape)
    let instructions = try reader.all()
    try FlatReading(octets, escape: directives.escape, settings.builder).check(instructions, hidden: reader.hidden)
    var outline = StageOutline(octets, settings)
    try outline.read(instructions, escape: directives.escape)
    try outline.readSources()
    namesFrontend = directives.syntax != nil
    stages = outline.stages.map { Stage(name: $0.name, line: $0.line) }
    target = try outline.target()
    let needed = outline.needed(for: target)
    var mentions = outline.mentions
    for index in mentions.indices {
      mentions[index].isNeeded = mentions[index].stage.map(needed.contains) ?? true
    }
    let used = Set(mentions.compactMap { $0.isNeeded ? $0.context : nil })
    let contexts = settings.imageContexts.map { context in
      var context = context
      context.isNeeded = used.contains(context.written)
      return context
    }
    self.mentions = contexts + Self.frontend(directives, octets, settings) + mentions
  }

  /// The image that reads the file, which BuildKit runs; a value given with the build stands before the file's.
  private static func frontend(
    _ directives: ParserDirectives, _ octets: [UInt8], _ settings: BuildSettings
  ) -> [ImageMention] {
    guard settings.builder == .buildKit else { return [] }
    if let given = settings.arguments["BUILDKIT_SYNTAX"], !given.isEmpty {
      let name = given.split(separator: " ").first.map(String.init) ?? given
      return [ImageMention(.frontend, nil, name, .image(named: name))]
    }
    guard let name = directives.syntax else { return [] }
    let place = ImageMention.Place(name, in: LineStarts(octets))
    return [ImageMention(.frontend, place, name.text, .image(named: name.text))]
  }
}

extension ImageMention {
  /// The build context that it is.
  var context: String? {
    guard case .context(let name) = meaning else { return nil }
    return name
  }

  /// The stage that it is.
  var stageNumber: Int? {
    guard case .stage(let number, _) = meaning else { return nil }
    return number
  }
}

extension ImageMention.Place {
  /// The place of a piece of a file; a piece behind a continued line stands on a later one.
  init?(_ text: SourceText, in lines: LineStarts) {
    guard let range = text.range else { return nil }
    let number = lines.number(at: range.lowerBound)
    self.init(line: number, column: range.lowerBound - lines.starts[number - 1] + 1, range: range)
  }
}
