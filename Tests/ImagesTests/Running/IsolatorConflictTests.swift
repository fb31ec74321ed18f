import Images
import TestSupport
import Testing

/// Isolators that readers could take in two ways, and other words on what a run is to be like.
@Suite("Isolators that contradict each other") struct IsolatorConflictTests {
  private func run(_ app: String) throws -> ChildProcess.Outcome {
    let desk = try RunDesk()
    let script = "#!/bin/sh\n[ \"$3\" = run ] || exit 0\ngrep CAP_BPF \"$5/config.json\"\n"
    let runtime = desk.shop.machine.located(try desk.shop.machine.write("/runtime", Array(script.utf8), mode: 0o755))
    try desk.store(ProgramImage(app: app))
    return try desk.run(["--runtime", runtime, "example.com/box"])
  }

  private static let removed = #"{"name":"os/linux/capabilities-remove-set","value":{"set":["CAP_CHOWN"]}}"#
  private static let retained = #"{"name":"os/linux/capabilities-retain-set","value":{"set":["CAP_CHOWN"]}}"#
  private static let memory = #"{"name":"resource/memory","value":{"limit":"64Mi"}}"#
  private static let calls = #"{"name":"os/linux/seccomp-remove-set","value":{"set":["mkdir"]}}"#
  private static let allowed = #"{"name":"os/linux/seccomp-retain-set","value":{"set":["mkdir"]}}"#

  @Test(arguments: [
    [removed, retained], [retained, removed], [memory, memory], [calls, allowed],
  ])
  func areRefused(_ isolators: [String]) throws {
    let outcome = try run(#","isolators":["# + isolators.joined(separator: ",") + "]")
    #expect(outcome.status == 18 && outcome.errorText.contains("isolator"), "\(outcome.status) \(outcome.errorText)")
  }

  @Test func newerCapabilitiesAreKnown() throws {
    let outcome = try run(
      #","isolators":[{"name":"os/linux/capabilities-retain-set","value":{"set":["CAP_BPF"]}}]"#)
    #expect(outcome.status == 0 && outcome.text.contains("CAP_BPF"), "\(outcome.errorText)")
  }

  @Test func aMountOfAPersonThatLeadsUpwardsIsBadUsage() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    let outcome = try desk.run([
      "--volume", "a,kind=empty", "--mount", "volume=a,target=/data/../x", "--runtime", "/bin/true", "example.com/box",
    ])
    #expect(outcome.status == 2 && outcome.errorText.contains("/data/../x"), "\(outcome.status) \(outcome.errorText)")
  }
}
