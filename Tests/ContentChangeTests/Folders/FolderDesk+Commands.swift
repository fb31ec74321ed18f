import TestSupport

extension FolderDesk {
  /// A passphrase for every key that a command makes.
  static let passphrases = Dictionary(
    uniqueKeysWithValues: ["ROOT", "REPOSITORY"].map { ("DOCKER_CONTENT_TRUST_\($0)_PASSPHRASE", "tests passphrase") })

  /// Runs `keyreeve content VERB` for the repository in the folder.
  @discardableResult
  func content(
    _ verb: String, _ words: [String] = [], server: [String] = FolderDesk.server, status: Int32 = 0,
    under tracer: [String] = []
  ) throws -> ChildProcess.Outcome {
    let verbs = verb.split(separator: " ").map(String.init)
    let outcome = try run(
      ["content"] + verbs + [Self.name] + words + server, under: tracer, variables: Self.passphrases)
    guard outcome.status == status else {
      throw NotaryPeer.Failure.failed("\(verb) ended with \(outcome.status): \(outcome.text)\(outcome.errorText)")
    }
    return outcome
  }

  /// The same without a question.
  @discardableResult
  func change(_ verb: String, _ words: String..., status: Int32 = 0) throws -> ChildProcess.Outcome {
    try content(verb, words + ["--yes", "--trust-on-first-use"], status: status)
  }

  /// Signs a tag whose digest is told by a letter.
  @discardableResult
  func sign(_ tag: String, _ letter: Character, _ more: String..., status: Int32 = 0) throws -> ChildProcess.Outcome {
    try content(
      "sign",
      [
        tag, "--digest", Self.digest(letter), "--size", "42", "--trust-on-first-use",
      ] + (more.contains("--dry-run") ? [] : ["--yes"]) + more, status: status)
  }

  /// The digest that is told by a letter.
  static func digest(_ letter: Character) -> String { "sha256:" + String(repeating: letter, count: 64) }

  /// The words of the command that a message suggests, from the last `keyreeve` on to the end of its line or its sentence.
  static func suggested(_ text: String) -> [String] {
    let lines = text.split(separator: "\n").filter { $0.contains("keyreeve content ") }
    guard let line = lines.last, let range = line.ranges(of: "keyreeve content ").last else { return [] }
    return line[range.lowerBound...].prefix { $0 != ";" }.split(separator: " ").dropFirst().map(String.init)
  }
}
