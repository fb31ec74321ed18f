import Screen
import Testing

@Suite struct MemoryTerminalTests {
  @Test func secretsAreTypedFromTheScript() throws {
    let terminal = MemoryTerminal(script: [], secrets: ["pä", nil])
    var typed: [Int] = []
    let bytes = terminal.readSecret(limit: 10) { typed.append($0.count) }?.withUnsafeBytes { Array($0) }
    #expect(bytes == Array("pä".utf8))
    #expect(typed == [0, 1, 2])
    let isCancelled = terminal.readSecret(limit: 10) { _ in } == nil
    #expect(isCancelled)
    let isMissing = terminal.readSecret(limit: 10) { _ in } == nil
    #expect(isMissing)
  }

  @Test func secretsEndAtTheirLimit() {
    let terminal = MemoryTerminal(script: [], secrets: ["abcdef"])
    #expect(terminal.readSecret(limit: 4) { _ in }?.count == 4)
  }

  @Test func theClipboardHasALimit() {
    let terminal = MemoryTerminal(script: [])
    #expect(terminal.copy("5210 BD88"))
    #expect(terminal.copy(String(repeating: "x", count: Clipboard.limit)))
    #expect(!terminal.copy(String(repeating: "x", count: Clipboard.limit + 1)))
    #expect(terminal.copied.count == 2)
  }

  @Test func handingOverIsCounted() {
    let terminal = MemoryTerminal(script: [])
    let result = terminal.handOver { 42 }
    #expect(result == 42)
    #expect(terminal.handOvers == 1)
  }

  @Test func errorsShowHarmlessNames() {
    #expect(TerminalError.unknown("x\u{1B}]0;y").description.contains("TERM=x?]0;y"))
    #expect(TerminalError.dumb(String(repeating: "x", count: 1000)).description.utf8.count < 130)
    #expect(TerminalError.unknown("").description.contains("TERM is not set"))
  }

  @Test(arguments: [
    (Key.control("d"), "Ctrl-D"), (.function(5), "F5"), (.pageDown, "PgDn"), (.control(" "), "Ctrl-Space"),
  ])
  func keysHaveNames(key: Key, name: String) {
    #expect(key.name == name)
  }
}
