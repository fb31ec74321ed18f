import TestSupport
import Testing

/// What is none of our business reaches the engine as it is.
@Suite("Words that are handed on")
struct HandingOnTests {
  @Test(
    "Every other command, with its words, its input and its exit status",
    arguments: [
      ["ps", "-a", "--filter", "name=a b"], ["exec", "-it", "x", "sh", "-c", "a  b\nc"],
      ["--help-me-not", "x"].dropLast(2) + ["version"],
      ["trust", "sign", "a:1"], ["help", "run"], ["run", "--help"], ["--version"],
      ["image", "ls", "--json", "--server", "x"],
      ["stop", "-t", "", "x"], ["check-it"], ["system", "df", "--verbose"],
    ])
  func handedOn(_ words: [String]) throws {
    let engine = try FakeEngine()
    let outcome = try engine.keyreeve(words, input: Array("in".utf8))
    #expect(outcome.status == 7 && outcome.text.isEmpty && outcome.errorText.isEmpty, "\(outcome.errorText)")
    #expect(try engine.file("words") == words.map { $0 + "\n" }.joined())
    #expect(try engine.file("input") == "in")
  }

  @Test("The engine is this very process: signals, terminal and parent are its own")
  func process() throws {
    let engine = try FakeEngine()
    let program = try #require(BuiltProgram.path("keyreeve"))
    let outcome = try ChildProcess.run(
      ["sh", "-c", "echo $$; exec \"$0\" docker ps", program], environment: engine.environment)
    #expect(try outcome.text == engine.file("process"))
  }

  @Test("Content trust is off for the engine itself, and everything else stays")
  func variables() throws {
    let engine = try FakeEngine()
    engine.variables = [
      "DOCKER_CONTENT_TRUST": "1", "DOCKER_HOST": "unix:///x", "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "p",
      "A": "b=c d",
    ]
    _ = try engine.keyreeve(["info"])
    let lines = try engine.file("variables").split(separator: "\n")
    #expect(!lines.contains { $0.hasPrefix("DOCKER_CONTENT_TRUST=") })
    #expect(lines.contains("DOCKER_CONFIG=\(engine.machine.located("/home/.docker"))") && lines.contains("A=b=c d"))
    #expect(lines.contains("DOCKER_HOST=unix:///x") && lines.contains("DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE=p"))
  }

  @Test(
    "What fetches images of which nothing is checked is named",
    arguments: [["compose", "up"], ["stack", "deploy", "x"], ["buildx", "bake"], ["plugin", "install", "p"]])
  func unchecked(_ words: [String]) throws {
    let outcome = try FakeEngine().keyreeve(words)
    #expect(outcome.status == 7 && outcome.errorText.hasPrefix("warning: which images docker \(words[0])"))
    #expect(outcome.errorText.contains("is not checked"))
  }

  @Test("The switch is taken off the command line, and said on standard error")
  func switched() throws {
    let engine = try FakeEngine()
    let outcome = try engine.keyreeve(["run", "-it", "--disable-content-trust", "app", "--disable-content-trust"])
    #expect(outcome.status == 7 && outcome.errorText.contains("switches verification off"))
    #expect(try engine.words().suffix(4) == ["run", "-it", "app", "--disable-content-trust"])
  }

  @Test(
    "Without an image the engine says what it misses",
    arguments: [["run"], ["pull"], ["push", "-q"], ["build"], ["create", "--rm"]])
  func missing(_ words: [String]) throws {
    let engine = try FakeEngine()
    #expect(try engine.keyreeve(words).status == 7)
    #expect(try engine.words().suffix(words.count) == words[...])
  }

  @Test("Help for keyreeve docker is ours")
  func help() throws {
    let engine = try FakeEngine()
    for words in [["docker", "--help"], ["docker"], ["help", "docker"], ["help", "docker", "pull"]] {
      let outcome = try engine.run(words)
      #expect(outcome.status == 0 && outcome.text.contains("keyreeve docker [OPTION …]"), "\(words)")
    }
    #expect(try engine.run(["docker", "--help"]).text.contains("check"))
    #expect(try engine.run(["docker", "--odd", "ps"]).errorText.contains("--odd"))
  }
}
