internal import Screen

/// Which keys mean which command: those of the table, and those that configuration has put in their place.
struct KeyBindings: Sendable, Equatable {
  /// A wish of configuration: these keys for this command.
  struct Wish: Sendable, Equatable {
    let command: Command
    let events: [Event]
    /// File and line, for messages.
    let origin: String
  }

  /// The most keys that one command may have.
  static let limit = 8

  private var chosen: [Command: [Event]] = [:]

  /// The keys of the table.
  init() {}

  /// The keys of the table with wishes in their place, as far as no two commands share a key; what was not taken is
  /// said in `problems`.
  init(_ wishes: [Wish], problems: inout [String]) {
    for wish in wishes { chosen[wish.command] = Self.always(wish.command, wish.events) }
    // A key given back may be one that another wish has taken meanwhile, so that one look is not enough.
    while let (wish, event, other) = conflict(among: wishes) {
      chosen[wish.command] = nil
      problems.append(
        "\(wish.origin): \(wish.command.rawValue): \(KeyName.text(event)) is a key of \(other.rawValue) already; "
          + "\(wish.command.rawValue) keeps \(row(wish.command).keys)")
    }
  }

  /// The wish that shares a key with another command, in the order of configuration.
  private func conflict(among wishes: [Wish]) -> (Wish, Event, Command)? {
    for wish in wishes where chosen[wish.command] != nil {
      for event in events(wish.command) where !Self.isEscapeHatch(event, of: wish.command) {
        for other in Command.allCases where other != wish.command && events(other).contains(event) {
          return (wish, event, other)
        }
      }
    }
    return nil
  }

  /// Esc stays a way out, whatever else is bound to it.
  private static func always(_ command: Command, _ events: [Event]) -> [Event] {
    guard isEscapeHatch(.key(.escape), of: command), !events.contains(.key(.escape)) else { return events }
    return events + [.key(.escape)]
  }

  private static func isEscapeHatch(_ event: Event, of command: Command) -> Bool {
    event == .key(.escape) && (command == .back || command == .stop)
  }

  /// The events that mean a command.
  func events(_ command: Command) -> [Event] { chosen[command] ?? command.row.events }

  /// The row of the table with the keys that are bound.
  func row(_ command: Command) -> Command.Row {
    var row = command.row
    guard let events = chosen[command] else { return row }
    row.events = events
    row.keys = events.first.map(KeyName.text) ?? ""
    return row
  }

  /// The key of a command as sentences name it.
  func name(_ command: Command) -> String { row(command).keys }

  /// The command among `offered` that an event means.
  func command(_ event: Event, among offered: [Command]) -> Command? {
    offered.first { events($0).contains(event) }
  }
}
