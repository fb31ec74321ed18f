import ExampleMachine
import TestSupport
import Testing

/// Looking needs no place to write but a private temporary directory, and leaves nothing there.
@Suite("Looking on a machine that nothing can be written on")
struct ReadOnlyTests {
  static let commands = [
    "keys", "keys --json", "keys --status mask", "show $RELEASE", "show keys/two.asc --json",
    "explain example.com/hello --json", "verify images/hello.aci --json",
    "verify images/hello.aci --second-opinion --json", "verify images/compressed.aci", "verify images/tampered.aci",
    "verify images/disabled.aci --json", "verify images/missing.aci --json", "audit --json", "log", "log --json",
    "check-site images",
    "--version", "keys --all", "config", "config --json",
    "content list alpine --offline", "content inspect alpine --offline --json",
    "content key list", "content key list --json",
    "content doctor alpine --server file:///nothing", "content doctor --all --server file:///nothing --json",
    "content inventory /", "content inventory / --json",
  ]

  /// What an answer was.
  private struct Answer: Equatable {
    let status: Int32
    let output: String
    let errors: String

    init(_ outcome: ChildProcess.Outcome) {
      (status, output, errors) = (outcome.status, outcome.text, outcome.errorText)
    }
  }

  @Test(
    "Every looking command answers the same with the whole file system read-only",
    arguments: ["keyreeve", "keyreeve-verify"],
    commands)
  func sameAnswer(program: String, command: String) throws {
    let machine = try ExampleMachine(images: true)
    let before = try machine.fingerprint()
    let words = try words(program, command)
    let bound = Answer(
      try ChildProcess.run(
        ["bwrap"] + jail(machine) + words, environment: machine.environment, directory: machine.path))
    #expect(try machine.fingerprint() == before)
    let free = Answer(try ChildProcess.run(words, environment: machine.environment, directory: machine.path))
    #expect(bound == free)
    // The cache of listings lies in the user's home, and is all that a looking command may write.
    _ = try ChildProcess.run(["rm", "-rf", machine.path + "/home/.cache"])
    #expect(try Self.withoutTimeOfHome(machine.fingerprint()) == Self.withoutTimeOfHome(before))
    #expect(try ChildProcess.run(["ls", "-A", machine.path + "/tmp"]).text.isEmpty)
    #expect(try ChildProcess.run(["pgrep", "-f", machine.path]).text.isEmpty)
  }

  private static func withoutTimeOfHome(_ tree: String) -> [Substring] {
    tree.split(separator: "\n").filter { !$0.hasPrefix("./home ") }
  }

  @Test("The jail does keep a program from writing")
  func jailHolds() throws {
    let machine = try ExampleMachine(images: true)
    func touch(_ file: String) throws -> Int32 {
      try ChildProcess.run(["bwrap"] + jail(machine) + ["touch", machine.path + file]).status
    }
    #expect(try touch("/images/x") != 0)
    #expect(try touch("/tmp/x") == 0)
  }

  @Test(
    "A verdict opens nothing for writing outside its private temporary directory",
    arguments: ["images/hello.aci", "images/compressed.aci", "images/tampered.aci --second-opinion"])
  func nothingWritten(image: String) throws {
    let machine = try ExampleMachine(images: true)
    let trace = machine.path + "/tmp/trace"
    let calls = "openat,open,creat,mkdir,mkdirat,unlink,unlinkat,rename,renameat,renameat2,symlink,link,chmod,fchmodat"
    _ = try ChildProcess.run(
      ["strace", "-f", "-qq", "-e", "trace=" + calls, "-o", trace, Programs.keyreeveVerify, "verify"]
        + image.split(separator: " ").map(String.init), environment: machine.environment, directory: machine.path)
    let lines = try ChildProcess.run(["cat", trace]).text.split(separator: "\n")
    #expect(lines.contains { $0.contains("images/") }, "the trace is empty")
    let writing = lines.filter { line in
      let isOpen = line.contains("open")
      let writes = isOpen ? line.contains("O_WRONLY") || line.contains("O_RDWR") || line.contains("O_CREAT") : true
      let isOwn = line.contains("\"\(machine.path)/tmp/") || line.contains("/dev/null") || line.contains("/dev/tty")
      return writes && !isOwn && !Self.isRelativeToOwnDirectory(line) && !line.contains("ENOENT")
        && !line.contains("resumed>") && !line.contains("+++") && !line.contains("---")
    }
    #expect(writing.isEmpty, "\(writing.joined(separator: "\n"))")
  }

  /// Names without a directory are below a descriptor, or below the working directory of gpg's private home.
  private static func isRelativeToOwnDirectory(_ line: Substring) -> Bool {
    line.contains("unlinkat(") && !line.contains("AT_FDCWD")
  }

  private func words(_ program: String, _ command: String) throws -> [String] {
    let release = "\(try ExampleKey.release.fingerprint())"
    return ["\(Programs.directory)/\(program)"]
      + command.split(separator: " ").map { $0 == "$RELEASE" ? release : String($0) }
  }

  /// Everything read-only but the machine's own temporary directory.
  private func jail(_ machine: ExampleMachine) -> [String] {
    [
      "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--bind", machine.path + "/tmp",
      machine.path + "/tmp", "--chdir", machine.path, "--die-with-parent",
    ]
  }
}
