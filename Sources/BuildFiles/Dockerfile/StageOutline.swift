internal import TrustModel

/// The stages of a Dockerfile while it is read: what each is built on, and what it takes from elsewhere.
struct StageOutline {
  struct Stage {
    let name: String?
    let line: Int
    var instructions: [Instruction] = []
  }

  let lines: LineStarts
  let settings: BuildSettings
  private(set) var stages: [Stage] = []
  var mentions: [ImageMention] = []
  /// The stage of a name, the last one that has it.
  private(set) var named: [String: Int] = [:]

  init(_ file: [UInt8], _ settings: BuildSettings) { (lines, self.settings) = (LineStarts(file), settings) }

  /// Reads the instructions: the variables before the first stage, then the stages.
  ///
  /// - Throws: `BuildFileError`.
  mutating func read(_ instructions: [Instruction], escape: UInt8) throws(BuildFileError) {
    var last: String?
    for instruction in instructions where instruction.word == "from" { last = try? Self.name(of: instruction) }
    var variables = GlobalVariables(settings, escape: escape, lastStage: last)
    for instruction in instructions {
      if instruction.word == "from" {
        try begin(instruction, variables)
      } else if !stages.isEmpty {
        stages[stages.count - 1].instructions.append(instruction)
      } else if instruction.word == "arg" {
        try variables.declare(instruction)
      } else {
        throw BuildFileError(line: instruction.line, "\(instruction.word.uppercased()) stands before the first FROM")
      }
    }
    guard !stages.isEmpty else { throw BuildFileError("it has no FROM: there is nothing to build") }
  }

  private mutating func begin(_ from: Instruction, _ variables: GlobalVariables) throws(BuildFileError) {
    guard stages.count < BuildFileLimits.stages else {
      throw BuildFileError(line: from.line, "more than \(BuildFileLimits.stages) stages")
    }
    let name = try Self.name(of: from)
    let base = from.rest.words[0]
    let place = ImageMention.Place(base, in: lines)
    var mention = ImageMention(.base, place, base.text, self.base(base, name: name, variables, line: from.line))
    mention.stage = stages.count
    let platforms = from.values("platform")
    guard platforms.count <= 1 else { throw BuildFileError(line: from.line, "--platform stands there twice") }
    if let written = platforms.first {
      var expansion = variables.expansion(line: from.line)
      let platform = try expansion.expand(written.value.octets)
      guard !platform.isEmpty else { throw BuildFileError(line: from.line, "--platform is empty", written.value.text) }
      mention.platform = platform
    }
    mentions.append(mention)
    stages.append(Stage(name: name, line: from.line))
    guard let name else { return }
    try checkName(name, from)
    named[name] = stages.count - 1
  }

  /// BuildKit alone lets a second stage have the name of one before; podman builds both, and tells small letters from others.
  private func checkName(_ name: String, _ from: Instruction) throws(BuildFileError) {
    guard settings.builder != .buildKit else { return }
    guard named[name] == nil else {
      throw BuildFileError(line: from.line, "another stage has the same name", name)
    }
    let written = from.rest.words[2].text
    guard settings.builder != .buildah || written.utf8.elementsEqual(name.utf8) else {
      throw BuildFileError(
        line: from.line, "podman tells small letters from others: write the stage's name in small ones", written)
    }
  }

  /// The name that a `FROM` gives its stage, in lower case.
  private static func name(of from: Instruction) throws(BuildFileError) -> String? {
    let words = from.rest.words
    guard words.count != 1 else { return nil }
    guard words.count == 3, words[1].text.lowercased() == "as" else {
      throw BuildFileError(line: from.line, "FROM takes an image, and AS with a name behind it", from.rest.text)
    }
    let name = words[2].text.lowercased()
    let allowed = name.utf8.allSatisfy { octet in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
        || "-_.".utf8.contains(octet)
    }
    guard allowed, let first = name.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else {
      throw BuildFileError(line: from.line, "a stage's name is a letter, then letters, digits and - _ .", words[2].text)
    }
    return name
  }

  private func base(
    _ word: SourceText, name: String?, _ variables: GlobalVariables, line: Int
  ) -> ImageMention.Meaning {
    // Podman builds the stage all the same.
    if settings.builder != .buildah, let name, let context = settings.context(named: name) { return .context(context) }
    do throws(BuildFileError) {
      var expansion = variables.expansion(line: line)
      let text = try expansion.expand(word.octets)
      if let stage = named[text] { return .stage(stage, name: text) }
      let meaning = text.isEmpty ? .unknown("the name is empty") : elsewhere(text)
      guard case .unknown(let cause) = meaning, let variable = expansion.unset.first else { return meaning }
      return .unknown(
        "variable \(VisibleText(variable, limit: 80)) has no value (--build-arg \(VisibleText(variable, limit: 80))=…): \(cause)"
      )
    } catch {
      return .unknown(error.problem)
    }
  }

  /// The number of the stage to build.
  ///
  /// - Throws: `BuildFileError` where there is none of that name.
  func target() throws(BuildFileError) -> Int {
    guard let wanted = settings.target, !wanted.isEmpty else { return stages.count - 1 }
    if let stage = named[wanted.lowercased()] { return stage }
    if settings.builder == .classic, let number = Int(wanted), stages.indices.contains(number) { return number }
    throw BuildFileError(line: nil, "there is no stage for --target", wanted)
  }

  /// The stages that a target needs.
  func needed(for target: Int) -> Set<Int> {
    guard settings.builder != .classic else { return Set(0...target) }
    var needed: Set<Int> = []
    var waiting = [target]
    let edges = Dictionary(grouping: mentions.filter { $0.stageNumber != nil }) { $0.stage ?? 0 }
    while let stage = waiting.popLast() {
      guard needed.insert(stage).inserted else { continue }
      waiting += (edges[stage] ?? []).compactMap(\.stageNumber)
    }
    return needed
  }
}
