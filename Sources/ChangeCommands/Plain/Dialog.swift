internal import Glibc
internal import ReadCommands
internal import TrustModel

/// Questions and answers line by line, on standard error and standard input.
///
/// Nothing moves the cursor, and every list is numbered: for screen readers, braille lines and terminals that cannot be
/// drawn on.
struct Dialog {
  /// Why there is no answer.
  enum NoAnswer: Error {
    /// The input has ended.
    case end
    /// The person wants to go back.
    case back
  }

  /// The longest answer, in octets.
  static let limit = 4096

  /// Says lines of text.
  func say(_ lines: String...) { lines.forEach(Output.complain) }

  /// Reads one line after a question; what is longer than the limit is asked for again.
  func line(_ question: String) throws(NoAnswer) -> String {
    while true {
      say(question)
      guard !Respondent.isThere, let answer = readLine() else { throw .end }
      if answer.utf8.count <= Self.limit { return answer.trimmed }
      say("That is longer than \(Self.limit) octets: nothing was taken.")
    }
  }

  /// Reads a text that is not empty; 0 goes back.
  func text(_ question: String) throws(NoAnswer) -> String {
    while true {
      let answer = try line("\(question), or 0 for back:")
      if answer == "0" { throw .back }
      if !answer.isEmpty { return answer }
      say("Nothing was typed.")
    }
  }

  /// Reads a number of a range; with `list`, an empty line shows it.
  func number(
    _ question: String, in range: ClosedRange<Int>, list: [String] = []
  ) throws(NoAnswer) -> Int {
    let more = list.isEmpty ? "" : " (an empty line lists them)"
    while true {
      let answer = try line("\(question) Type a number from \(range.lowerBound) to \(range.upperBound)\(more):")
      if answer.isEmpty, !list.isEmpty {
        list.forEach(Output.complain)
        continue
      }
      if let number = Int(answer), range.contains(number) { return number }
      complain(answer, range)
    }
  }

  /// Shows choices with their numbers and reads one, counted from 0; the number 0 goes back.
  func choice(
    _ heading: String, _ choices: [String], back: String = "back", isShown: Bool = true
  ) throws(NoAnswer) -> Int {
    let list = choices.enumerated().map { "  \($0.offset + 1) \($0.element)" } + ["  0 \(back)"]
    say("", heading)
    if isShown { list.forEach(Output.complain) }
    let number = try number("Which one?", in: 0...choices.count, list: list)
    if number == 0 { throw .back }
    return number - 1
  }

  /// Asks for a word; only `yes` agrees, and an empty line is a no.
  func agrees(_ question: String) throws(NoAnswer) -> Bool {
    if let answer = Respondent.answer(question) { return answer }
    while true {
      switch try line("\(question) Type yes or no (an empty line is no):") {
      case "yes": return true
      case "no", "": return false
      case let other: say("'\(VisibleText(other, limit: 80))' is neither yes nor no.")
      }
    }
  }

  /// Says why an answer is not taken.
  func complain(_ answer: String, _ range: ClosedRange<Int>) {
    say("'\(VisibleText(answer, limit: 80))' is no number from \(range.lowerBound) to \(range.upperBound).")
  }
}

extension String {
  /// Without spaces at both ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
