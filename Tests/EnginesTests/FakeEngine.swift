import TestSupport

/// An engine that writes down what it is told, and does nothing.
final class FakeEngine {
  private let folder: TemporaryDirectory
  let machine: SandboxMachine
  /// More variables of keyreeve.
  var variables: [String: String] = [:]

  init(_ name: String = "docker", script: String? = nil) throws {
    folder = try TemporaryDirectory(prefix: "kr-fake")
    machine = try SandboxMachine()
    // Its words, its variables and the file of a build, each in a file of its own.
    let standard = """
      #!/bin/sh
      here=$(dirname "$0")
      for word; do printf '%s\\n' "$word"; done >>"$here/words"
      env >"$here/variables"
      echo "$$" >"$here/process"
      case "$*" in
        *"buildx version") exit 0 ;;
        *"image inspect"*) echo "Error: No such image" >&2; exit 1 ;;
      esac
      while [ $# -gt 0 ]; do [ "$1" = --file ] && cp -r "$(dirname "$2")" "$here/given"; shift; done
      cat >"$here/input"
      exit 7

      """
    _ = try folder.write(name, Array((script ?? standard).utf8), mode: 0o755)
  }

  /// Where it is found.
  var path: String { folder.path }

  func file(_ name: String) throws -> String { try ChildProcess.run(["cat", folder.path + "/" + name]).text }

  /// The words that it was given, over all its runs.
  func words() throws -> [String] {
    try file("words").split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try folder.write(name, Array(text.utf8), mode: 0o755) }

  /// Runs keyreeve, which finds it first.
  func keyreeve(_ words: [String], input: [UInt8] = [], directory: String? = nil) throws -> ChildProcess.Outcome {
    try run(["docker", "--sysroot", machine.path] + words, input: input, directory: directory)
  }

  func run(_ words: [String], input: [UInt8] = [], directory: String? = nil) throws -> ChildProcess.Outcome {
    guard let program = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    return try ChildProcess.run([program] + words, environment: environment, input: input, directory: directory)
  }

  var environment: [String: String] {
    ChildProcess.cleanEnvironment.merging([
      "HOME": "/home", "PATH": folder.path + ":" + (ChildProcess.cleanEnvironment["PATH"] ?? ""),
    ]) { $1 }.merging(variables) { $1 }
  }
}
