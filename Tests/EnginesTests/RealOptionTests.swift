import Engines
import TestSupport
import Testing

/// The tables beside the help texts of the engines that are here.
@Suite("Options of the real engines")
struct RealOptionTests {
  /// An option of a help text: its forms, and whether the next word is its value.
  private struct Described {
    let forms: [String]
    let takesValue: Bool
  }

  private static func options(of words: [String]) throws -> [Described] {
    let outcome = try ChildProcess.run(
      words + ["--help"], environment: ChildProcess.cleanEnvironment.merging(["COLUMNS": "400"]) { $1 })
    let lines = outcome.text.split(separator: "\n").drop {
      !$0.hasPrefix("Options:") && !$0.hasPrefix("Global Options:")
    }
    return lines.compactMap { line in
      // `  -e, --env list   Set …`; what begins further on goes on with a description.
      let columns = line.drop { $0 == " " }
      guard columns.hasPrefix("-"), columns.startIndex <= line.index(line.startIndex, offsetBy: 6),
        let end = columns.firstRange(of: "  ")?.lowerBound ?? columns.indices.last
      else { return nil }
      let parts = columns[..<end].split(separator: " ")
      let forms = parts.filter { $0.hasPrefix("-") }.map { String($0.prefix { $0 != "," && $0 != "[" }) }
      let value = parts.first { !$0.hasPrefix("-") }
      return Described(forms: forms, takesValue: value.map { !$0.contains("[=") } ?? false)
    }
  }

  @Test(
    "Each one of the help text is known, and takes a value where the help says so",
    arguments: [
      (EngineKind.docker, ["pull"]), (.docker, ["push"]), (.docker, ["run"]), (.docker, ["create"]),
      (.docker, ["build"]),
      (.docker, ["service", "create"]), (.docker, ["service", "update"]), (.podman, ["pull"]), (.podman, ["push"]),
      (.podman, ["run"]), (.podman, ["create"]), (.podman, ["build"]),
    ])
  func known(_ kind: EngineKind, _ verb: [String]) throws {
    guard kind == .docker || ChildProcess.isInstalled(kind.rawValue) else { return }
    let options = try Self.options(of: [kind.rawValue] + verb)
    #expect(options.count > 2)
    for option in options {
      for form in option.forms where form != "--help" {
        let words = verb + [form] + (option.takesValue ? ["VALUE"] : []) + ["app"]
        let line = try EngineCommandLine(words, for: kind)
        #expect(line.operands == ["app"], "\(kind) \(words)")
        #expect(line.words == words)
      }
    }
  }

  @Test("Each one before the subcommand is known", arguments: [EngineKind.docker, .podman])
  func global(_ kind: EngineKind) throws {
    guard kind == .docker || ChildProcess.isInstalled(kind.rawValue) else { return }
    for option in try Self.options(of: [kind.rawValue]) {
      for form in option.forms where !["--help", "-v", "--version"].contains(form) {
        let words = [form] + (option.takesValue ? ["VALUE"] : []) + ["pull", "app"]
        #expect(try EngineCommandLine(words, for: kind).operands == ["app"], "\(kind) \(words)")
      }
    }
  }
}

extension ChildProcess {
  /// Whether a program is here.
  fileprivate static func isInstalled(_ program: String) -> Bool {
    (try? run(["sh", "-c", "command -v \(program)"]))?.status == 0
  }
}
