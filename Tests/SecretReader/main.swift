import Glibc
import Screen

// Reads two passphrases as the program does, so that a test can search this process for each while it is held, and
// after it has gone. The texts tell the test where it stands.

/// Shows one line.
func show(_ text: String, on terminal: LiveTerminal) {
  var grid = Grid(size: terminal.size)
  grid.put(0, 0, text)
  terminal.draw(grid)
}

/// Reads one, and lets it go at once.
func ask(_ name: String, on terminal: LiveTerminal) {
  guard let secret = terminal.readSecret(limit: 64, typed: { show("\(name): \($0.count) typed", on: terminal) }) else {
    return
  }
  show("\(name): \(secret.count) octets", on: terminal)
}

// Should the test go away without an end.
alarm(60)
let terminal = try LiveTerminal(mouse: false, colour: false)
ask("first", on: terminal)
ask("second", on: terminal)
ask("third", on: terminal)
terminal.close()
