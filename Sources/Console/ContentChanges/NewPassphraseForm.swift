internal import ContentChange
internal import Screen
internal import TrustModel

/// The choice of a passphrase for a key that is made on the way, such as by a rotation.
struct NewPassphraseForm: Sendable {
  /// What a person has done.
  enum Answer: Sendable, Equatable {
    case none
    /// Something has to be typed.
    case ask
    /// The choice is made; without a passphrase nobody gives one.
    case done
  }

  private enum Place: Sendable { case typeBack, type, draw, use, none }

  private(set) var choice = PassphraseChoice()
  private let request: KeyRequest
  private var focus = Place.type

  init(_ request: KeyRequest) { self.request = request }

  private var places: [(place: Place, name: String)] {
    var places: [(Place, String)] = [(.type, "Type one"), (.draw, "7 random words")]
    if case .drawn = choice.stage { places.insert((.typeBack, "I have written it down: type it"), at: 0) }
    if choice.taken != nil { places.append((.use, "Use it")) }
    return places + [(.none, "Give none")]
  }

  /// Takes an event.
  mutating func take(_ event: Event) -> Answer {
    let all = places.map(\.place)
    let here = all.firstIndex(of: focus) ?? 0
    switch event {
    case .key(.tab), .key(.right), .key(.down): focus = all[(here + 1) % all.count]
    case .key(.backTab), .key(.left), .key(.up): focus = all[(here + all.count - 1) % all.count]
    case .key(.escape), .interrupt:
      choice.forget()
      return .done
    case .key(.enter): return press()
    default: break
    }
    return .none
  }

  private mutating func press() -> Answer {
    switch focus {
    case .type:
      choice.begin()
      return .ask
    case .typeBack:
      choice.typeBack()
      return .ask
    case .draw:
      choice.drawWords()
      focus = .typeBack
      return .none
    case .use: return .done
    case .none:
      choice.forget()
      return .done
    }
  }

  /// Takes what was typed; true where more has to be typed.
  mutating func take(_ typed: TypedSecret) -> Bool {
    let wantsMore = choice.take(typed)
    if choice.taken != nil { focus = .use }
    return wantsMore
  }

  /// What the passphrase is for, and how far its choice is.
  var lines: [DescribedLine] {
    [
      DescribedLine("NEW KEY", request.words, .heading),
      DescribedLine("", VisibleText(request.purpose, limit: 300).description),
    ] + PassphraseLines(choice).lines
  }

  func hint(isNarrow: Bool) -> String {
    choice.isTyping
      ? PassphraseLines.keys("Stop typing", isShown: choice.shown != nil, isNarrow: isNarrow)
      : "Tab:Next  Enter:Press  Esc:Give none"
  }

  /// Draws it; where there is little room, what it is for goes first, then all buttons but two, of which one has the focus.
  ///
  /// While a passphrase is typed the buttons do nothing, and are not there.
  func draw(into grid: inout Grid, _ area: Rectangle, _ theme: Theme) {
    let column = area.column + DescribedLine.labelWidth
    let words = words(columns: area.columns - DescribedLine.labelWidth)
    let places = choice.isTyping ? [] : places
    var shown = lines
    func isTooLong(_ buttons: Int) -> Bool {
      shown.rows(columns: area.columns) + words.count + min(buttons, places.count) > area.rows
    }
    if isTooLong(places.count) { shown.remove(at: 1) }
    while !shown.isEmpty, isTooLong(2) { shown.removeFirst() }
    grid.put(shown, in: area, theme)
    var row = area.row + shown.rows(columns: shown.isEmpty ? 8 : area.columns)
    for (secret, range) in words {
      grid.put(row, column, secret: secret, range)
      row += 1
    }
    if places.isEmpty { grid.cursor = Position(row: row - 1, column: column) }
    let room = max(1, area.row + area.rows - row)
    let here = places.firstIndex { $0.place == focus } ?? 0
    for (place, name) in places.dropFirst(max(0, here + 1 - room)).prefix(room) {
      grid.put(row, column, "[ \(name) ]", theme.style(place == focus ? .selection : .normal))
      if place == focus { grid.cursor = Position(row: row, column: column) }
      row += 1
    }
  }

  private func words(columns: Int) -> [(any SecretText, Range<Int>)] {
    if let typed = choice.shown { return [(typed, typed.end(columns: columns))] }
    guard case .drawn(let octets) = choice.stage else { return [] }
    let shown = ShownSecret(octets)
    return shown.lines(columns: columns).map { (shown, $0) }
  }
}
