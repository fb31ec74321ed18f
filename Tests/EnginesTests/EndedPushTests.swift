import TestSupport
import Testing

/// A push that is ended from outside.
@Suite("Pushes that are ended")
struct EndedPushTests {
  @Test(
    "What is sent to keyreeve reaches the engine, nothing is signed, and nothing is left behind",
    arguments: ["docker", "podman"])
  func ended(_ name: String) throws {
    let script = """
      #!/bin/sh
      : >"$(dirname "$0")/begun"
      exec sleep 20
      """
    let engine = try FakeEngine(name, script: script)
    let folder = try TemporaryDirectory(prefix: "kr-ended")
    engine.variables["TMPDIR"] = folder.path
    let program = try #require(BuiltProgram.path("keyreeve"))
    let wait =
      "\"$0\" docker --engine \"$3\" --sysroot \"$1\" push example.com/a:v1 & while [ ! -e \"$2/begun\" ]; do sleep 0.02; done; kill $!; wait $!"
    let outcome = try ChildProcess.run(
      ["sh", "-c", wait, program, engine.machine.path, engine.path, engine.path + "/" + name],
      environment: engine.environment)
    #expect(
      outcome.status == 1 && outcome.errorText.contains("push ended with 143: nothing was signed"),
      "\(outcome.errorText)"
    )
    #expect(try ChildProcess.run(["ls", "-A", folder.path]).text.isEmpty)
  }
}
