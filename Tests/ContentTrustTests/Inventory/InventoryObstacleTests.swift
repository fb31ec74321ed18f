import Glibc
import TestSupport
import Testing

/// Whatever lies in a folder, the look goes on to its end, and says what it could not read.
@Suite("An inventory among things that are no files", .timeLimit(.minutes(1)))
struct InventoryObstacleTests {
  /// A user with no right to read what is closed.
  private static let nobody = [
    "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "timeout", "20",
  ]

  @Test(
    "FIFO, socket, device, closed folder and file, and a file of 10 GiB are named or passed over, and the rest is found"
  )
  func obstacles() throws {
    let desk = try ContentDesk()
    let machine = desk.machine
    try machine.makeDirectory("/src")
    let script = """
      mkfifo Dockerfile; mkfifo ordinary
      python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("compose.yml")'
      mknod ci.yml c 1 5; mknod build.sh b 7 0
      mkdir closed; echo 'export DOCKER_CONTENT_TRUST=1' > closed/a.sh; chmod 0 closed
      echo 'export DOCKER_CONTENT_TRUST=1' > closed.sh; chmod 0 closed.sh
      truncate -s 10G large.sh
      echo 'export DOCKER_CONTENT_TRUST=1' > zz-last.sh
      """
    let made = try ChildProcess.run(["bash", "-euc", script], directory: machine.located("/src"))
    #expect(made.status == 0, "\(made.errorText)")
    let program = try #require(BuiltProgram.path("keyreeve-verify"))
    let outcome = try ChildProcess.run(
      Self.nobody + [program, "content", "inventory", "/src", "--sysroot", machine.path],
      environment: desk.environment)
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let lines = outcome.text.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.contains("/src/zz-last.sh:1  DOCKER_CONTENT_TRUST=1") }, "\(outcome.text)")
    for (name, problem) in [
      ("Dockerfile", "not a regular file"), ("compose.yml", "not a regular file"), ("ci.yml", "not a regular file"),
      ("build.sh", "not a regular file"), ("closed", "not readable"), ("closed.sh", "not readable"),
      ("large.sh", "larger than"),
    ] {
      let line = lines.first { $0.hasPrefix("not looked at:") && $0.contains("/src/\(name):") }
      #expect(line?.contains(problem) == true, "\(name): \(outcome.text)")
    }
    #expect(!outcome.text.contains("/src/ordinary") && !outcome.text.contains("not looked through"))
    let closed = try ChildProcess.run(
      Self.nobody + [program, "content", "inventory", "/src/closed", "--sysroot", machine.path],
      environment: desk.environment)
    #expect(closed.status == 1 && closed.errorText.contains("/src/closed"), "\(closed.errorText)")
  }
}
