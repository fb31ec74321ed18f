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
  /// Our own options, as they were written.
  let own: [String]

  /// Finds the engine, and reads what it is to do.
  ///
  /// - Throws: `CommandFailure`.
  init(_ options: EngineOptions, _ words: [String], own: [String] = []) throws {
    // What was no UTF-8 has lost its octets on the way here.
    guard !words.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else {
      throw CommandFailure(.usage, "a word that is no UTF-8 text cannot be handed on: give it to the engine itself")
    }
    (self.options, self.own) = (options, own)
    (engine, line) = try withReasons {
      try ContainerEngine.prepareEnvironment()
      let named = options.engine ?? Environment["KEYREEVE_ENGINE"].flatMap { $0.isEmpty ? nil : $0 }
      var engine = try ContainerEngine.find(named, in: Environment["PATH"] ?? "")
      let line = try Self.line(words, for: engine.kind, own)
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

  /// Reads the engine's words, among which an option of ours may stand by mistake.
  private static func line(_ words: [String], for kind: EngineKind, _ own: [String]) throws -> EngineCommandLine {
    let line: EngineCommandLine
    do {
      line = try EngineCommandLine(words, for: kind)
    } catch {
      guard case .unknownOption(let option, _) = error else { throw error }
      if let advice = EngineOptions.advice(on: option, own: own, among: words) { throw CommandFailure(.usage, advice) }
      guard option == EngineCommandLine.trustOption else { throw error }
      throw CommandFailure(.usage, "\(option) stands behind the command, as in keyreeve docker pull \(option) NAME")
    }
    // In one word with its value it passes for an option of the engine that is not known here.
    let stray = line.items.flatMap(\.uses).first { EngineOptions.takesValue($0.name) }
    if let stray, let advice = EngineOptions.advice(on: stray.name, own: own, among: words) {
      throw CommandFailure(.usage, advice)
    }
    return line
  }

  /// The whole command line once more, with an option of ours before it.
  func again(with option: String) -> String {
    ShellText.line(["keyreeve", EngineEntry.name] + own + (own.contains(option) ? [] : [option]) + line.words)
  }

  /// Does it: the exit status, where this process has not become the engine.
  ///
  /// - Throws: `CommandFailure`, or `CommandEnd` after a refusal was printed.
  func run() throws -> Int32 {
    do {
      return try carryOut()
    } catch var failure as CommandFailure {
      failure.description = options.given.completing(failure.description)
      throw failure
    } catch let error as NameError {
      throw CommandFailure(.usage, error.description)
    }
  }

  private func carryOut() throws -> Int32 {
    try withReasons {
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
        let effect =
          line.action == .push
          ? "signing off for this command: nobody vouches for what is pushed"
          : "verification off for this command: nobody vouches for its images"
        Output.complain("warning: \(EngineCommandLine.trustOption) switches \(effect)")
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
