import ContentTrust
import ExampleMachine
import Screen
import Stores
import TestSupport
import Testing

@testable import Console

/// Sentences that name a key name the one that is bound.
@Suite("Keys named inside sentences")
struct BoundKeyTests {
  private static func preferences() throws -> Preferences {
    let machine = try SandboxMachine()
    let text = """
      [keys]
      filter = F3
      enable = F6
      undo = F7
      trust = F8
      rotate = F9
      ask = F11
      down = Ctrl-N
      quit = Ctrl-X
      """
    try machine.write("/etc/keyreeve/a.conf", Array(text.utf8))
    let preferences = Preferences(try Configuration(sysroot: Sysroot(machine.path)) { _ in nil })
    #expect(preferences.problems.isEmpty, "\(preferences.problems)")
    return preferences
  }

  @Test("Lists, plans and what is said after a change follow the bindings, and so does a window that is too small")
  func sentences() async throws {
    let preferences = try Self.preferences()
    let folder = try TemporaryDirectory()
    let trust = TrustFolder(sysroot: .machine, path: folder.path)
    let access = ContentAccess(
      folder: folder.path, repositories: { [] }, keys: { try SigningKeySurvey(trust) }
    ) { _, _, _ in throw AccessDenied() }
    let content = try await ConsoleRun(
      Steps.type("6") + [.until("Nothing is kept here yet")], preferences: preferences, content: access)
    #expect(content.frame.text().contains("Nothing is kept here yet: F3 names a repository"))
    func filtered(_ text: String) -> [ScriptedTerminal.Step] {
      [.event(.key(.function(3)))] + Steps.type(text) + [.enter]
    }
    let plan = try await ConsoleRun(
      filtered("release@example.com") + Steps.type("d") + [.until("Cancel")], preferences: preferences)
    #expect(plan.frame.text().contains("F7 takes it back"), "\(plan.frame.text())")
    let masked = try await ConsoleRun(
      filtered("state:masked"), preferences: preferences)
    #expect(masked.frame.text().contains("F6 takes it away"), "\(masked.frame.text())")
    let small = try await ConsoleRun([.event(.resize(.init(rows: 4, columns: 60)))], preferences: preferences)
    #expect(small.frame.text().contains("Ctrl-X leaves"), "\(small.frame.text())")
  }

  private struct AccessDenied: Error {}
}
