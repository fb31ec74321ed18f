internal import ReadCommands

/// A list of which one line is chosen by its number, twenty lines at a time.
struct NumberedList {
  /// Lines shown at a time.
  static let page = 20

  let heading: String
  let lines: [String]

  /// Lets one be chosen: its place in `lines`.
  func choose(_ dialog: Dialog) throws(Dialog.NoAnswer) -> Int {
    var shown = Array(lines.indices)
    var from = 0
    while true {
      let end = min(from + Self.page, shown.count)
      dialog.say("", "\(heading): \(range(from, end)) of \(shown.count)")
      for index in shown[from..<end] { dialog.say("  \(index + 1) \(lines[index])") }
      dialog.say("  0 back")
      switch try answer(dialog, hasMore: end < shown.count) {
      case .line(let index): return index
      case .next: from = end
      case .with(let words):
        (shown, from) = (matches(words), 0)
        if shown.isEmpty {
          dialog.say("No line has '\(words)'.")
          shown = Array(lines.indices)
        }
      }
    }
  }

  private enum Answer {
    case line(Int)
    case next
    case with(String)
  }

  private func answer(_ dialog: Dialog, hasMore: Bool) throws(Dialog.NoAnswer) -> Answer {
    let next = hasMore ? ", + for the next lines" : ""
    while true {
      let answer = try dialog.line(
        "Which one? Type a number from 0 to \(lines.count)\(next), /word for lines that have it:")
      if answer == "0" { throw .back }
      if answer == "+", hasMore { return .next }
      if answer.hasPrefix("/") { return .with(answer.dropFirst().lowercased()) }
      if let number = Int(answer), lines.indices.contains(number - 1) { return .line(number - 1) }
      dialog.complain(answer, 0...lines.count)
    }
  }

  private func matches(_ words: String) -> [Int] {
    lines.indices.filter { lines[$0].lowercased().contains(words) }
  }

  private func range(_ from: Int, _ end: Int) -> String { end == 0 ? "none" : "\(from + 1) to \(end)" }
}
