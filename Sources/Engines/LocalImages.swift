internal import ChildPrograms
internal import StrictJSON
public import TrustModel

/// The images that an engine has.
public struct LocalImages: Sendable {
  private let engine: ContainerEngine
  /// The engine's own options.
  private let engineWords: [String]

  /// The images of the daemon that these options of the engine mean.
  public init(of engine: ContainerEngine, _ engineWords: [String]) {
    (self.engine, self.engineWords) = (engine, engineWords)
  }

  /// An image that is there.
  public struct Image: Sendable {
    /// Its id: `sha256:` and 64 digits.
    public let id: String
    /// The names by digest that the engine knows it by.
    let names: [String]

    /// Whether it came from a repository by that digest.
    public func came(from reference: DockerReference) -> Bool {
      names.contains { name in
        guard let known = try? DockerReference(name) else { return false }
        return known.repository == reference.repository && known.digest == reference.digest
      }
    }

    /// The digests that it has in a repository.
    func digests(of repository: Repository) -> [ManifestDigest] {
      names.compactMap { try? DockerReference($0) }.filter { $0.repository == repository }.compactMap(\.digest)
    }
  }

  /// The image of a name or an id; nil where there is none.
  ///
  /// - Throws: `EngineError` where the engine cannot be asked, or what it says cannot be understood.
  public func image(_ name: String) throws(EngineError) -> Image? {
    try image(name, in: try collect(Self.question(name)))
  }

  /// Asks for the image of a name, and goes on meanwhile; nil where the engine cannot be asked.
  public func ask(_ name: String) -> Asked? {
    var program = engine.program(engineWords + Self.question(name))
    program.input = .none
    guard let running = try? BackgroundProgram(program) else { return nil }
    return Asked(images: self, name: name, running: running)
  }

  /// A question that the engine is about to answer.
  public struct Asked {
    let images: LocalImages
    let name: String
    let running: BackgroundProgram

    /// The image; nil where there is none, or where it could not be told.
    public var image: Image? {
      guard let outcome = try? running.outcome() else { return nil }
      return (try? images.image(name, in: outcome)) ?? nil
    }
  }

  private static func question(_ name: String) -> [String] {
    ["image", "inspect", "--format", "{{json .RepoDigests}} {{.Id}}", name]
  }

  private func image(_ name: String, in outcome: ChildProgram.Outcome) throws(EngineError) -> Image? {
    guard outcome.end == .exited(0) else {
      let words = String(decoding: outcome.errors, as: UTF8.self).lowercased()
      guard words.contains("no such image") || words.contains("not known") || words.contains("not found") else {
        throw failure("image inspect", outcome)
      }
      return nil
    }
    let line = outcome.output.prefix { $0 != UInt8(ascii: "\n") }
    guard let blank = line.lastIndex(of: UInt8(ascii: " ")), let names = try? JSON.parse(Array(line[..<blank])),
      let id = Self.identifier(String(decoding: line[(blank + 1)...], as: UTF8.self))
    else { throw EngineError(.failed, "what \(engine.path) says of \(VisibleText(name)) cannot be understood") }
    return Image(id: id, names: (names.array ?? []).compactMap { $0.string?.text })
  }

  /// An image's id with its algorithm, which podman leaves out; nil for anything else.
  public static func identifier(_ text: String) -> String? {
    let whole = text.utf8.starts(with: ManifestDigest.prefix.utf8) ? text : ManifestDigest.prefix + text
    return (try? ManifestDigest(whole)).map(\.description)
  }

  /// Gives an image another name.
  ///
  /// - Throws: `EngineError`.
  public func tag(_ name: String, as other: String) throws(EngineError) {
    let outcome = try collect(["tag", name, other])
    guard outcome.end == .exited(0) else { throw failure("tag", outcome) }
  }

  /// Whether docker has the plug-in that builds with BuildKit.
  ///
  /// - Throws: `EngineError` where it cannot be asked.
  public func hasBuildKit() throws(EngineError) -> Bool { try collect(["buildx", "version"]).end == .exited(0) }

  private func collect(_ words: [String]) throws(EngineError) -> ChildProgram.Outcome {
    do throws(ChildProgramError) {
      var program = engine.program(engineWords + words)
      program.input = .none
      return try program.collect(limit: 1 << 20, seconds: 120)
    } catch {
      throw EngineError(.failed, "\(error)")
    }
  }

  private func failure(_ command: String, _ outcome: ChildProgram.Outcome) -> EngineError {
    let words = outcome.errors.split(separator: UInt8(ascii: "\n")).last.map {
      VisibleText(octets: $0, limit: 400).description
    }
    return EngineError(
      .failed, "\(engine.path) \(command) ended with \(outcome.end.status): \(words ?? "it said nothing")")
  }
}
