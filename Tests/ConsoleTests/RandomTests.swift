import ExampleMachine
import Screen
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// What holds whatever is typed, at whatever size.
@Suite("The console under random keys")
struct RandomTests {
  /// Which keys a run may press.
  enum Hands: String, CaseIterable, Sendable {
    /// Every key but Enter: nothing can be confirmed.
    case withoutEnter
    /// Enter, but no key that moves the focus: Cancel keeps it.
    case enterMashing
    /// Everything.
    case everything
  }

  @Test(
    "Nothing traps, nothing leaves its row, and nothing is written without a confirmed plan",
    arguments: Hands.allCases, 1...6)
  func mash(hands: Hands, seed: Int) async throws {
    var dice = Dice(UInt64(seed) &* 0x9e37_79b9 &+ UInt64(hands.rawValue.utf8.count))
    let events = (0..<120).map { _ in dice.event(hands) }
    let machine = try ExampleMachine(images: true)
    let before = try machine.fingerprint()
    let run = try await ConsoleRun(events.map { .event($0) }, on: machine)
    check(run.frames)
    let confirmed = run.events.count { $0.event == .key(.enter) && Self.isOnApply($0.seen) }
    #expect(try run.journal().count <= confirmed)
    if confirmed == 0 { #expect(try machine.fingerprint() == before) }
    if hands != .everything { #expect(confirmed == 0) }
  }

  private func check(_ frames: [Grid]) {
    for grid in frames {
      for row in 0..<grid.size.rows {
        #expect(grid.text(ofRow: row).unicodeScalars.count <= grid.size.columns)
      }
      let footer = grid.text(ofRow: grid.size.rows - 1)
      let isFooter = footer.isEmpty || footer.hasPrefix(" ?:Help") || footer.hasPrefix(" :")
      #expect(isFooter || !grid.size.holds(.smallest), "\(grid.text())")
    }
  }

  /// Whether the button that writes has the focus.
  private static func isOnApply(_ grid: Grid) -> Bool {
    guard grid.text(ofRow: 0).hasPrefix(" keyreeve > Plan") else { return false }
    return ["Disable", "Enable", "Remove", "Trust", "Undo"].contains {
      grid.style(of: "[ \($0) ]")?.attributes.contains(.reverse) == true
    }
  }
}

/// Random events that are the same for the same seed.
struct Dice: Sendable {
  private var random: SeededRandom

  init(_ seed: UInt64) { random = SeededRandom(seed) }

  mutating func roll(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

  /// An event: mostly keys that mean something, some text, pastes, the mouse, and other sizes.
  mutating func event(_ hands: RandomTests.Hands) -> Event {
    switch roll(20) {
    case 0..<9: return .text(pick("jkgGdeDutxlhyR?/13 :m!0a9f\u{301}\u{4e2d}"))
    case 9..<11: return hands == .withoutEnter ? .key(.escape) : .key(.enter)
    case 11..<13:
      return hands == .enterMashing ? .text("d") : .key([.tab, .backTab, .down, .up, .left, .right][roll(6)])
    case 13: return .key(.escape)
    case 14: return .key([.pageUp, .pageDown, .home, .backspace, .delete, .end, .function(10), .function(5)][roll(8)])
    case 15: return .paste(["", "\n\n", "d\t\n", "keys/two.asc", String(repeating: "0", count: 40)][roll(5)])
    case 16: return .mouse(Event.Mouse([.press, .wheelDown, .wheelUp][roll(3)], at: position))
    case 17: return .resize(Size(rows: roll(40), columns: roll(130)))
    case 18: return .interrupt
    default: return .key(.control(["d", "u", "w", "a", "e"][roll(5)]))
    }
  }

  private var position: Position {
    mutating get { Position(row: roll(60), column: roll(200)) }
  }

  private mutating func pick(_ characters: String) -> Character {
    let all = Array(characters)
    return all[roll(all.count)]
  }
}
