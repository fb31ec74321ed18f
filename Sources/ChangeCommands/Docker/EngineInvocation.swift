internal import ChildPrograms
internal import ContentTrust
internal import Engines
internal import ReadCommands
internal import TrustModel

/// One command of an engine, with the images that are signed or none.
struct EngineInvocation {
  let options: EngineOptions
  let engine: ContainerEngine
  let signed: SignedImages
  var line: EngineCommandLine

  /// Finds the engine, and reads what it is to do.
  ///
  /// - Throws: `CommandFailure`.
  init(_ options: EngineOptions, _ words: [String]) throws {
    // What was no UTF-8 has lost its octets on the way here.
    guard !words.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else {
      throw CommandFailure(.usage, "a word that is no UTF-8 text cannot be handed on: give it to the engine itself")
    }
    self.options = options
    (engine, line) = try withEngineErrors {
      try ContainerEngine.prepareEnvironment()
      let named = options.engine ?? Environment["KEYREEVE_ENGINE"].flatMap { $0.isEmpty ? nil : $0 }
      var engine = try ContainerEngine.find(named, in: Environment["PATH"] ?? "")
      let line = try EngineCommandLine(words, for: engine.kind)
      if let configuration = options.engineConfiguration {
        engine.use(configuration: configuration)
      } else if let configuration = line.configuration {
        // Keys and credentials are there as well, as for docker with content trust.
        ContainerEngine.useConfiguration(configuration)
      }
      return (engine, line)
    }
    signed = SignedImages(options)
  }

  /// Does it: the exit status, where this process has not become the engine.
  ///
  /// - Throws: `CommandFailure`, or `CommandEnd` after a refusal was printed.
  func run() throws -> Int32 {
    try withEngineErrors {
      switch line.action {
      case .other: return try become(line)
      case .unchecked(let advice):
        let more = advice.map { "; \($0)" } ?? ""
        Output.complain("warning: which images \(engine.kind) \(line.name) fetches is not checked\(more)")
        return try become(line)
      default: break
      }
      var invocation = self
      let isSkipped = try line.isSet(EngineCommandLine.trustOption)
      invocation.line.remove(EngineCommandLine.trustOption)
      guard !isSkipped else {
        Output.complain(
          "warning: \(EngineCommandLine.trustOption) switches verification off for this command: nobody vouches for its images"
        )
        return try become(invocation.line)
      }
      return try invocation.dispatch()
    }
  }

  private func dispatch() throws -> Int32 {
    switch line.action {
    case .pull: try EnginePull(self).run()
    case .push: try EnginePush(self).run()
    case .create, .run: try EngineStart(self).run()
    case .service: try EngineService(self).run()
    case .build: try EngineBuild(self).run()
    case .unchecked, .other: try become(line)
    }
  }

  /// Words of which nobody knows what the engine makes of the second.
  func tooMany(_ what: String) -> CommandFailure {
    CommandFailure(.usage, "\(engine.kind) \(line.name) takes one \(what): \(line.operands.count) are named")
  }

  /// Becomes the engine.
  func become(_ line: EngineCommandLine) throws -> Int32 { try engine.program(line.words).replaceThisProcess() }

  /// Has the engine do something, and waits.
  ///
  /// - Parameter isResult: whether what it prints is the result; else it goes to standard error.
  /// - Returns: its exit status.
  func wait(for words: [String], isResult: Bool) throws -> Int32 {
    Output(options.common).progress(ShellText.line([engine.path] + words))
    var program = engine.program(words)
    if !isResult { program.output = .descriptor(2) }
    return try program.runInForeground().status
  }

  /// The images that the engine has.
  var images: LocalImages { LocalImages(of: engine, line.engineWords) }
}
