import ChildPrograms
import Testing

/// Programs whose output is looked at while it comes, and programs that run beside this one.
@Suite("Programs that are followed, and programs beside this one")
struct FollowingTests {
  private func shell(_ script: String) -> ChildProgram { ChildProgram("/bin/sh", ["-c", script]) }

  @Test("Every octet is handed on, and every line within the limit is kept")
  func followed() throws {
    var shown: [UInt8] = []
    let said = try shell("printf 'one\\rtwo\\n12345\\n123456\\nend'; exit 3").follow(lineLimit: 5) { shown += $0 }
    #expect(said.end == .exited(3))
    #expect(String(decoding: shown, as: UTF8.self) == "one\rtwo\n12345\n123456\nend")
    #expect(said.lines.map { String(decoding: $0, as: UTF8.self) } == ["one", "two", "12345", "end"])
  }

  @Test("What a program beside this one said is there at its end, and limits hold")
  func beside() throws {
    let outcome = try BackgroundProgram(shell("echo out; echo err >&2; exit 4")).outcome()
    #expect(outcome.end == .exited(4) && outcome.output == Array("out\n".utf8) && outcome.errors == Array("err\n".utf8))
    #expect(try BackgroundProgram(shell("printf 12345")).outcome(limit: 5).output.count == 5)
    #expect(throws: ChildProgramError.tooMuch("/bin/sh", limit: 5)) {
      try BackgroundProgram(shell("printf 123456")).outcome(limit: 5)
    }
    #expect(throws: ChildProgramError.tooSlow("/bin/sh", seconds: 1)) {
      try BackgroundProgram(shell("sleep 60")).outcome(seconds: 1)
    }
  }
}
