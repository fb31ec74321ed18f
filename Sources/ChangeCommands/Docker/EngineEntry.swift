internal import ArgumentParser
internal import Engines
public import ReadCommands
internal import TrustModel

/// The way into `keyreeve docker`: its words are the engine's, and none of them may be taken for an option of ours.
public enum EngineEntry {
  /// The name of the group.
  static let name = "docker"

  /// Runs a command line that begins with `docker`, except for what is answered here: help, and `check`.
  public static func run(_ words: [String]) -> Program.Foreign {
    guard words.first == name else { return .words(words) }
    let (own, engine) = EngineOptions.split(Array(words.dropFirst()))
    if engine.first == "check" { return .words([name, "check"] + own + engine.dropFirst()) }
    if engine.isEmpty || engine == ["--help"] || engine == ["-h"] {
      return .words([name] + engine)
    }
    return .ended(run(own, engine))
  }

  /// Runs the engine's command.
  static func run(_ own: [String], _ words: [String]) -> Int32 {
    let isDocument = own.contains("--json")
    return Program.attempt("keyreeve docker", isDocument: isDocument) {
      let options: EngineOptions
      do {
        options = try EngineOptions.parse(own)
      } catch {
        throw CommandFailure(.usage, EngineOptions.message(for: error))
      }
      return try EngineInvocation(options, words, own: own).run()
    }
  }
}
