import Engines
import TestSupport
import Testing

/// Command lines that say something else than they seem to.
@Suite("Command lines that mislead")
struct CommandLineTrapTests {
  private func line(_ words: String, _ kind: EngineKind = .docker) throws -> EngineCommandLine {
    try EngineCommandLine(words.split(separator: " ").map(String.init), for: kind)
  }

  @Test(
    "Help that is not asked for is none",
    arguments: [
      "run --help=false app", "run --help --help=0 app", "pull -h=f app", "pull app --help=false", "build --help=F .",
    ])
  func help(_ words: String) throws {
    #expect(try line(words).action != .other)
    #expect(try line(words).words.joined(separator: " ") == words)
    #expect(
      try line(
        words.replacing("=false", with: "").replacing("=0", with: "").replacing("=f", with: "=t")
          .replacing("=F", with: "=T")
      ).action == .other)
    #expect(throws: CommandLineError.self) { try line("run --help=maybe app") }
  }

  @Test("The options of service update may follow the service, those of service create not")
  func services() throws {
    #expect(try line("service update web --image app").values(of: "--image") == ["app"])
    #expect(try line("service create app --name x").values(of: "--name") == [])
  }

  @Test("What docker hands to buildx is a build, or fetches images")
  func builders() throws {
    for words in ["builder b .", "builder --builder x build .", "buildx --builder=x b ."] {
      #expect(try line(words).action == .build, "\(words)")
    }
    for words in [
      "bake", "builder bake", "builder f", "buildx debug build .", "builder dap build .", "buildx create --bootstrap",
    ] {
      guard case .unchecked = try line(words).action else {
        Issue.record("\(words) is handed on in silence")
        continue
      }
    }
  }

  @Test("Of compose only what fetches images is warned of, whatever options stand before it")
  func compose() throws {
    for words in [
      "compose", "compose --help", "compose -f up ps", "compose -p x --profile=y logs -f", "compose down --rmi all",
    ] {
      for kind in EngineKind.allCases { #expect(try line(words, kind).action == .other, "\(words)") }
    }
    for words in [
      "compose up", "compose -f ps up", "compose --odd ps", "compose pull", "compose run ps", "compose push",
    ] {
      guard case .unchecked = try line(words).action else {
        Issue.record("\(words) is handed on in silence")
        continue
      }
      #expect(try line(words).words.joined(separator: " ") == words)
    }
  }

  @Test(
    "The switch is ours, whatever the engine knows",
    arguments: [
      (EngineKind.nerdctl, "run --disable-content-trust app"), (.nerdctl, "pull --disable-content-trust app"),
      (.nerdctl, "push app --disable-content-trust"), (.nerdctl, "build --disable-content-trust ."),
      (.docker, "service create --disable-content-trust app"), (.docker, "service update --disable-content-trust s"),
    ])
  func trust(_ kind: EngineKind, _ words: String) throws {
    var line = try line(words, kind)
    #expect(try line.isSet(EngineCommandLine.trustOption))
    line.remove(EngineCommandLine.trustOption)
    #expect(line.words.joined(separator: " ") == words.replacing(" --disable-content-trust", with: ""))
  }

  @Test(
    "Podman's other names for its options",
    arguments: ["run --net host app", "create --healthcheck-command x app", "pull --override-arch arm64 app"])
  func aliases(_ words: String) throws { #expect(try line(words, .podman).operands == ["app"]) }

  @Test("The folder of settings that docker is told")
  func configuration() throws {
    #expect(try line("--config /x -D --config=/y pull app").configuration == "/y")
    #expect(try line("pull app").configuration == nil)
    #expect(try line("--config /x pull app", .podman).configuration == nil)
  }

  @Test("A link or a script by the name of docker is what it leads to")
  func links() throws {
    let engine = try FakeEngine("podman")
    _ = try ChildProcess.run(["ln", "-s", engine.path + "/podman", engine.path + "/docker"])
    #expect(try ContainerEngine.find(engine.path + "/docker", in: "").kind == .podman)
    try engine.write("docker.sh", "#!/bin/sh\nexec nerdctl \"$@\"\n")
    #expect(try ContainerEngine.find(engine.path + "/docker.sh", in: "").kind == .nerdctl)
  }

  @Test("More images than one, and more folders, are not handed on")
  func several() throws {
    let engine = try FakeEngine()
    for words in [["pull", "a", "b"], ["push", "a", "b"], ["build", ".", "b"]] {
      let outcome = try engine.keyreeve(words)
      #expect(outcome.status == 2 && outcome.errorText.contains("takes one"), "\(words)")
    }
  }

  @Test("The id of an image is nothing to pull, nor for a service; what has it not is not asked for it")
  func identifiers() throws {
    let engine = try FakeEngine()
    let digits = String(repeating: "a", count: 64)
    for words in [["pull"], ["service", "create"], ["service", "update", "x", "--image"]] {
      for id in [digits, "sha256:" + digits] {
        let outcome = try engine.keyreeve(words + [id])
        #expect(outcome.status == 2 && outcome.errorText.contains("is the id of an image"), "\(words)")
      }
    }
    let started = try engine.keyreeve(["run", "--pull=always", "sha256:" + digits])
    #expect(started.status == 11 && started.errorText.contains("has no image of the id"))
    #expect(try !engine.words().contains("run"))
  }

  @Test("Options of ours without a command are no reason for an error")
  func own() throws {
    let outcome = try FakeEngine().keyreeve(["--json"])
    #expect(outcome.status == 0 && outcome.text.contains("keyreeve docker [OPTION …]"), "\(outcome.errorText)")
  }
}
