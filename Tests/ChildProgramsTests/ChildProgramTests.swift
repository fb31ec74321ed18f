import ChildPrograms
import Glibc
import Testing

@Suite("Programs that are started", .timeLimit(.minutes(1)))
struct ChildProgramTests {
  private static func shell(_ script: String) -> ChildProgram { ChildProgram("/bin/sh", ["-c", script]) }

  @Test("What it says, what it reads and how it ends come back")
  func collected() throws {
    let outcome = try Self.shell("cat; echo oops >&2; exit 7").collect(input: Array("fed".utf8))
    #expect(outcome.output == Array("fed".utf8) && outcome.errors == Array("oops\n".utf8))
    #expect(outcome.end == .exited(7))
    #expect(try Self.shell("kill -9 $$").collect().end == .signalled(9))
    #expect(RunningProgram.End.signalled(9).status == 137)
  }

  @Test("It inherits no descriptor but those that are named, and no variable but those that are given")
  func inheritance() throws {
    let open = Glibc.open("/etc/passwd", O_RDONLY)
    defer { close(open) }
    var program = Self.shell("ls /proc/self/fd | tr '\\n' ' '; echo; env; pwd")
    (program.environment, program.directory, program.descriptors) = (["ONLY": "this"], "/", [5: open])
    let said = String(decoding: try program.collect().output, as: UTF8.self).split(separator: "\n")
    // The listing itself is the next free one, 3.
    #expect(said.first == "0 1 2 3 5 ")
    #expect(said.dropFirst().sorted() == ["/", "ONLY=this", "PWD=/"])
  }

  @Test("More input than a pipe holds goes in, also where it is not read")
  func largeInput() throws {
    let octets = [UInt8](repeating: 7, count: 1 << 20)
    let counted = try Self.shell("wc -c").collect(input: octets)
    #expect(String(decoding: counted.output, as: UTF8.self) == "1048576\n")
    #expect(try Self.shell("exit 3").collect(input: octets).end == .exited(3))
  }

  @Test("Limits of what it says and of time: at them, and past them")
  func limits() throws {
    #expect(try Self.shell("printf 1234").collect(limit: 4).output.count == 4)
    #expect(throws: ChildProgramError.tooMuch("/bin/sh", limit: 4)) { try Self.shell("printf 12345").collect(limit: 4) }
    #expect(throws: ChildProgramError.tooMuch("/bin/sh", limit: 4)) {
      try Self.shell("printf 12345 >&2; sleep 50").collect(limit: 4)
    }
    #expect(throws: ChildProgramError.tooSlow("/bin/sh", seconds: 1)) { try Self.shell("sleep 50").collect(seconds: 1) }
  }

  @Test("A daemon that it leaves behind with its output is not waited for")
  func daemon() throws {
    let outcome = try Self.shell("sleep 20 & echo left").collect(seconds: 10)
    #expect(outcome.end == .exited(0) && outcome.output == Array("left\n".utf8))
  }

  @Test("What is not there, and what cannot run, is named")
  func missing() {
    #expect(throws: ChildProgramError.notStarted("/no/such", ENOENT)) { try ChildProgram("/no/such").collect() }
    #expect(throws: ChildProgramError.notStarted("/etc/passwd", EACCES)) { try ChildProgram("/etc/passwd").collect() }
    #expect(ChildProgram.find("sh", in: "relative::/usr/bin:/bin") == "/usr/bin/sh")
    #expect(ChildProgram.find("passwd", in: "/etc") == nil)
  }
}
