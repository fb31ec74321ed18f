import Engines
import TestSupport
import Testing

/// Which engine is taken.
@Suite("Finding the engine")
struct FindingTests {
  @Test("By --engine, by KEYREEVE_ENGINE, or the first in PATH")
  func order() throws {
    let (docker, podman) = (try FakeEngine("docker"), try FakeEngine("podman"))
    docker.variables["KEYREEVE_ENGINE"] = podman.path + "/podman"
    _ = try docker.keyreeve(["ps", "1"])
    _ = try docker.keyreeve(["--engine", docker.path + "/docker", "ps", "2"])
    _ = try docker.keyreeve(["--engine=docker", "ps", "3"])
    #expect(try podman.words() == ["ps", "1"])
    #expect(try docker.words().filter { ["1", "2", "3"].contains($0) } == ["2", "3"])
    docker.variables["PATH"] = podman.path + ":/bin:/usr/bin"
    docker.variables["KEYREEVE_ENGINE"] = ""
    _ = try docker.keyreeve(["--engine", "podman", "ps", "4"])
    #expect(try podman.words().last == "4")
  }

  @Test("By the name of its file, and where that is docker by what the script starts")
  func kinds() throws {
    for (name, script, kind) in [
      ("docker", nil, EngineKind.docker), ("podman-remote", nil, .podman), ("nerdctl.lima", nil, .nerdctl),
      ("moby", nil, .docker),
      ("docker", "#!/bin/sh\nexec /usr/bin/podman \"$@\"\n", .podman),
    ] as [(String, String?, EngineKind)] {
      let engine = try FakeEngine(name, script: script)
      #expect(try ContainerEngine.find(engine.path + "/" + name, in: "").kind == kind)
    }
  }

  @Test("What is not there is said by its name")
  func absent() throws {
    let engine = try FakeEngine()
    engine.variables["PATH"] = "/nowhere"
    let none = try engine.keyreeve(["ps"])
    #expect(none.status == 1 && none.errorText.contains("no container engine is in PATH"))
    #expect(
      try engine.keyreeve(["--engine", "/nowhere/podman", "ps"]).errorText.contains(
        "there is no engine /nowhere/podman"))
  }

  @Test("Never keyreeve itself, neither by a link nor by a script that calls it")
  func recursion() throws {
    let program = try #require(BuiltProgram.path("keyreeve"))
    let script = try FakeEngine(script: "#!/bin/sh\nexec '\(program)' docker \"$@\"\n")
    let outcome = try script.keyreeve(["ps"])
    #expect(outcome.status == 2 && outcome.errorText.contains("starts keyreeve again and again"))
    let link = try FakeEngine("podman")
    _ = try ChildProcess.run(["ln", "-s", program, link.path + "/docker"])
    let linked = try link.keyreeve(["ps"])
    #expect(linked.status == 2 && linked.errorText.contains("is keyreeve itself"))
    #expect(try link.keyreeve(["--engine", "podman", "ps"]).status == 7)
  }
}
