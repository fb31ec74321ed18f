internal import TrustModel

extension StageOutline {
  /// Reads what the stages take from elsewhere; all names must be known by then.
  ///
  /// - Throws: `BuildFileError`.
  mutating func readSources() throws(BuildFileError) {
    for number in stages.indices {
      for instruction in stages[number].instructions {
        for var mention in try sources(try instruction.triggered() ?? instruction, in: number) {
          mention.stage = number
          guard mentions.count < BuildFileLimits.mentions else {
            throw BuildFileError(line: instruction.line, "more than \(BuildFileLimits.mentions) images are named")
          }
          mentions.append(mention)
        }
      }
    }
    mentions.sort { ($0.place?.range?.lowerBound ?? 0) < ($1.place?.range?.lowerBound ?? 0) }
  }

  private func sources(_ instruction: Instruction, in stage: Int) throws(BuildFileError) -> [ImageMention] {
    switch instruction.word {
    case "copy", "add":
      let options = instruction.values("from")
      guard options.count <= 1 else { throw BuildFileError(line: instruction.line, "--from stands there twice") }
      return options.map { source(.copied, $0.value, isPlain: $0.isPlain, in: stage) }
    case "run":
      var found: [ImageMention] = []
      for option in instruction.values("mount") {
        found += try MountFields(option, line: instruction.line).sources.map {
          source(.mounted, $0.value, isPlain: $0.isPlain, in: stage)
        }
      }
      return found
    default: return []
    }
  }

  private func source(
    _ kind: ImageMention.Kind, _ value: SourceText, isPlain: Bool, in stage: Int
  ) -> ImageMention {
    let place = ImageMention.Place(value, in: lines)
    var mention = ImageMention(kind, place, value.text, meaning(value.text, kind, in: stage))
    mention.isReplaceable = isPlain
    return mention
  }

  private func meaning(_ text: String, _ kind: ImageMention.Kind, in own: Int) -> ImageMention.Meaning {
    guard !text.contains("$") else {
      return .unknown("no variables are read in from=: name a stage, with FROM \(VisibleText(text, limit: 80)) AS …")
    }
    if kind == .copied, let number = Int(text) {
      guard stages.indices.contains(number), settings.builder != .buildah || String(number) == text else {
        return .unknown("there is no stage \(VisibleText(text, limit: 80))")
      }
      return self.stage(number, in: own)
    }
    if let stage = named[settings.builder == .buildah ? text : text.lowercased()] { return self.stage(stage, in: own) }
    return elsewhere(text)
  }

  /// BuildKit alone knows stages before they come; others take the name for an image then.
  private func stage(_ number: Int, in own: Int) -> ImageMention.Meaning {
    guard settings.builder == .buildKit || number < own else {
      return .unknown(
        "the stage is not behind this line for this builder, which takes the name for an image: put it before")
    }
    return .stage(number, name: stages[number].name)
  }

  /// What is no stage: nothing, a build context, or an image.
  func elsewhere(_ text: String) -> ImageMention.Meaning {
    if text == "scratch" { return .scratch }
    if let context = settings.context(named: text) { return .context(context) }
    return .image(named: text)
  }
}
