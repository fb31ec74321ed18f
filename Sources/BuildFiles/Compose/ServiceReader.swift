/// What one service of a compose file is started from or built on.
struct ServiceReader {
  private let service: ComposeProject.Service
  private let settings: ComposeSettings
  private let interpolation: Interpolation
  private(set) var images: [ComposeImage] = []
  private(set) var gaps: [ComposeGap] = []

  init(_ service: ComposeProject.Service, _ settings: ComposeSettings) {
    (self.service, self.settings) = (service, settings)
    interpolation = Interpolation(environment: settings.environment)
  }

  /// - Throws: `BuildFileError` where what is written there is of no form that compose has.
  mutating func read() throws(BuildFileError) {
    let build = service.value["build"].flatMap { $0.isNull ? nil : $0 }
    if let image = service.value["image"], !image.isNull {
      var mention = mention(.service, image)
      mention.platform = service.value["platform"]?.text
      // With any other policy compose asks the registry first, even for what it could build.
      mention.isNeeded = build == nil || service.value["pull_policy"]?.text != "build"
      add(mention, file: image.file)
    }
    for volume in service.value["volumes"]?.elements ?? [] where volume["type"]?.text == "image" {
      if let source = volume["source"] { add(mention(.mounted, source), file: source.file) }
    }
    if let build { try read(build) }
    if build == nil, service.value["image"] == nil, service.value["provider"] == nil {
      gap(service.value.line, "service \(service.name)", "it names neither an image nor a build")
    }
  }

  private func mention(_ kind: ImageMention.Kind, _ value: YAMLValue) -> ImageMention {
    let place = ImageMention.Place(line: value.line, column: value.column, range: nil)
    guard let written = value.text else { return ImageMention(kind, place, "", .unknown("it is no text")) }
    do throws(BuildFileError) {
      return ImageMention(kind, place, written, .image(named: try interpolation.text(written, line: nil)))
    } catch {
      return ImageMention(kind, place, written, .unknown(error.problem))
    }
  }

  private mutating func add(_ mention: ImageMention, file: String?, isInline: Bool = false) {
    images.append(
      ComposeImage(file: file, service: service.name, isInline: isInline, mention: mention))
  }

  private mutating func gap(_ line: Int, _ what: String, _ cause: String) {
    gaps.append(ComposeGap(file: service.file, line: line, description: "\(what): \(cause)"))
  }

  private mutating func read(_ build: YAMLValue) throws(BuildFileError) {
    let context = try text(build.isMapping ? build["context"] : build) ?? "."
    let settings = try settings(of: build)
    if let inline = build["dockerfile_inline"] {
      var interpolation = interpolation
      interpolation.limit = BuildFileLimits.octets
      let octets = Array(try interpolation.text(inline.text ?? "", line: inline.line).utf8)
      return try take(octets, settings, build, nil)
    }
    guard !context.contains("://"), !context.hasPrefix("git@"), !context.hasPrefix("github.com/") else {
      return gap(build.line, "build of \(service.name)", "its context is not on this machine")
    }
    let folder = FilePath.joined(FilePath.folder(service.file), context)
    let file = FilePath.joined(folder, try text(build["dockerfile"]) ?? "Dockerfile")
    switch self.settings.read(file) {
    case .octets(let octets): try take(octets, settings, build, file)
    case .absent: gap(build.line, "build of \(service.name)", "there is no \(file)")
    case .refused(let cause): gap(build.line, "build of \(service.name) by \(file)", cause)
    }
  }

  /// What a Dockerfile names; nil is one that stands inside of the compose file.
  private mutating func take(
    _ octets: [UInt8], _ settings: BuildSettings, _ build: YAMLValue, _ file: String?
  ) throws(BuildFileError) {
    do throws(BuildFileError) {
      for mention in try Dockerfile(octets, settings).mentions {
        add(mention, file: file ?? service.file, isInline: file == nil)
      }
    } catch {
      gap(build.line, "build of \(service.name) by \(file ?? "dockerfile_inline")", "\(error)")
    }
  }

  private func settings(of build: YAMLValue) throws(BuildFileError) -> BuildSettings {
    var settings = settings.build
    settings.target = try text(build["target"])
    settings.contexts = try pairs(build["additional_contexts"]).compactMapValues(\.self)
    for (name, value) in try pairs(build["args"]) where settings.arguments[name] == nil {
      settings.arguments[name] = value ?? self.settings.environment(name)
    }
    if let platform = try text(service.value["platform"]), settings.platform == nil {
      settings.platform = try? BuildPlatform(platform)
    }
    return settings
  }

  /// A mapping of texts, or a list of `name=value`.
  private func pairs(_ value: YAMLValue?) throws(BuildFileError) -> [String: String?] {
    var pairs: [String: String?] = [:]
    for (name, member) in value?.members ?? [] { pairs.updateValue(try text(member), forKey: name) }
    for element in value?.elements ?? [] {
      let parts = (try text(element) ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      pairs.updateValue(parts.count > 1 ? String(parts[1]) : nil, forKey: String(parts[0]))
    }
    return pairs
  }

  private func text(_ value: YAMLValue?) throws(BuildFileError) -> String? {
    guard let value, !value.isNull else { return nil }
    guard let text = value.text else { throw BuildFileError(line: value.line, "it is no text") }
    return try interpolation.text(text, line: value.line)
  }
}
