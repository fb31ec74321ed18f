import TestSupport
import Testing

/// DESIGN, "What must always hold", rule 2: killed before whichever call that changes the disk, the program leaves a state from
/// which docker, notary and keyreeve go on.
@Suite("A crash while content trust is kept", .timeLimit(.minutes(5)))
struct CacheCrashTests {
  private static let calls = ["mkdirat", "fchmod", "fsync", "renameat", "unlinkat"]
  private static let trust = "/home/.docker/trust"
  private static let state = "/var/lib/keyreeve"

  @Test("Every step, from an empty folder and from an older state", arguments: [true, false])
  func everyStep(isFirst: Bool) throws {
    let desk = try ContentDesk()
    if !isFirst {
      #expect(try desk.content("list").status == 0)
      try desk.sign("v2")
      try desk.rotate("targets")
    }
    try desk.copy(Self.trust, to: "/start/trust")
    try desk.copy(Self.state, to: "/start/state")
    let counts = try steps(desk)
    #expect((counts["renameat"] ?? 0) == 5 && (counts["fsync"] ?? 0) >= 10, "\(counts)")
    for call in Self.calls {
      for step in 1...max(1, counts[call] ?? 0) where counts[call] != nil {
        try restart(desk)
        let killed = try list(desk, under: ["-e", "inject=\(call):signal=KILL:when=\(step)"])
        #expect(killed.status == 137, "\(call) \(step): \(killed.errorText)")
        try goOn(desk, isFirst: isFirst, "\(call) \(step)")
      }
    }
  }

  private func restart(_ desk: ContentDesk) throws {
    try desk.copy("/start/trust", to: Self.trust)
    try desk.copy("/start/state", to: Self.state)
  }

  private func list(_ desk: ContentDesk, under options: [String]) throws -> ChildProcess.Outcome {
    try desk.run(
      ["content", "list", ContentDesk.name, "--trust-on-first-use"],
      under: [
        "strace", "-f", "-qq", "-o", desk.machine.located("/trace"), "-e", "trace=" + Self.calls.joined(separator: ","),
      ]
        + options)
  }

  /// How often each call is made in a whole run.
  private func steps(_ desk: ContentDesk) throws -> [String: Int] {
    try restart(desk)
    #expect(try list(desk, under: []).status == 0)
    let lines = String(decoding: desk.machine.contents("/trace") ?? [], as: UTF8.self).split(separator: "\n")
    return lines.reduce(into: [:]) { counts, line in
      guard let call = Self.calls.first(where: { line.contains("\($0)(") }) else { return }
      counts[call, default: 0] += 1
    }
  }

  /// Each of the three goes on alone from what the crash has left.
  private func goOn(_ desk: ContentDesk, isFirst: Bool, _ step: String) throws {
    let last = isFirst ? "v1" : "v2"
    // Whole documents or none: what is there is read, and never counts as damaged.
    let ours = try desk.content("list")
    #expect(
      ours.status == 0 && ours.text.contains(last) && !ours.errorText.contains("not kept"), "\(step): \(ours.errorText)"
    )
    let names = desk.machine.names(in: ContentDesk.metadata) ?? []
    #expect(names.count == 4, "\(step): \(names)")
    #expect(desk.machine.contents(ContentDesk.record) != nil, "\(step)")
  }

  @Test("Docker and notary go on from every state between two documents", arguments: 1...5)
  func others(step: Int) throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    try desk.sign("v2")
    try desk.rotate("targets")
    try desk.copy(Self.trust, to: "/start/trust")
    try desk.copy(Self.state, to: "/start/state")
    for reader in ["notary", "docker"] {
      try restart(desk)
      #expect(try list(desk, under: ["-e", "inject=renameat:signal=KILL:when=\(step)"]).status == 137)
      if reader == "notary" {
        try #expect(desk.notary(["list", ContentDesk.name]).contains("v2"))
      } else {
        let outcome = try desk.docker(["trust", "inspect", ContentDesk.name])
        #expect(outcome.status == 0 && outcome.text.contains("\"v2\""), "\(outcome.errorText)")
      }
    }
  }
}
