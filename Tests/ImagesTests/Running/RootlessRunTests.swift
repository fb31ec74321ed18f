import Glibc
import Images
import TestSupport
import Testing

/// A user without any rights.
enum Nobody {
  /// The number.
  static let user = "65534"

  /// Whether a user may have namespaces here and reach what was built.
  static let isAllowed: Bool = {
    guard let program = BuiltProgram.path("keyreeve") else { return false }
    let outcome = try? ChildProcess.run(
      ["setpriv", "--reuid", user, "--regid", user, "--clear-groups", "unshare", "-Ur", program, "--version"])
    let isAllowed = outcome?.status == 0
    if !isAllowed { print("skipped: no user namespaces for others than root on this machine") }
    return isAllowed
  }()
}

/// Runs of a user without root's rights, where this machine allows them.
@Suite("Running without root's rights", .enabled(if: RunDesk.canRun && Nobody.isAllowed))
struct RootlessRunTests {
  private func run(_ desk: RunDesk, _ words: [String]) throws -> ChildProcess.Outcome {
    let all = desk.words("run", words)
    return try ChildProcess.run(
      ["setpriv", "--reuid", Nobody.user, "--regid", Nobody.user, "--clear-groups"] + all,
      environment: ChildProcess.cleanEnvironment.merging(["HOME": "/home", "XDG_DATA_HOME": "/home/data"]) { $1 })
  }

  /// A machine whose home is nobody's, with a signed image in it.
  private func desk(_ image: ProgramImage) throws -> RunDesk {
    let desk = try RunDesk()
    try desk.store(image)
    _ = try desk.shop.machine.write("/home/data/none", [])
    let handed = try ChildProcess.run(["chown", "-R", Nobody.user + ":" + Nobody.user, desk.shop.machine.path])
    #expect(handed.status == 0, "\(handed.errorText)")
    return desk
  }

  @Test func theUserIsRootThereAndNobodyOutside() throws {
    let image = ProgramImage(entries: { tar in
      tar.add("rootfs/tool", "0", [1], mode: 0o4755)
      tar.add("rootfs/tty", "3", mode: 0o666, device: (5, 0))
    })
    let desk = try desk(image)
    let path = desk.shop.machine.located("/image.aci")
    let outcome = try run(
      desk,
      [
        path, "--", "-c",
        "id -u; touch /made && stat -c %u /made; stat -c %a /tool; ls -d /tty; cat /proc/self/uid_map",
      ])
    #expect(outcome.text.hasPrefix("0\n0\n755\n"), "\(outcome.text)\(outcome.errorText)")
    #expect(outcome.text.contains(Nobody.user) && !outcome.text.contains("/tty\n"))
    #expect(outcome.errorText.contains("1 devices were not made") && outcome.errorText.contains("set-user-id"))
    #expect(desk.shop.machine.names(in: "/home/data/keyreeve/runs") == ["lock"])
  }

  @Test func whatNeedsMoreSaysSo() throws {
    let desk = try desk(ProgramImage(user: "500", group: "501"))
    let path = desk.shop.machine.located("/image.aci")
    let refused = try run(desk, [path, "--", "-c", "id -u"])
    #expect(refused.status == 1 && refused.errorText.contains("--user 0 --group 0"), "\(refused.errorText)")
    let outcome = try run(desk, [path, "--user", "0", "--group", "0", "--memory", "64Mi", "--", "-c", "id -u; exit 5"])
    #expect(
      outcome.status == 5 && outcome.text == "0\n" && outcome.errorText.contains("not applied"), "\(outcome.errorText)")
  }
}
