/// A conversation with the programs, from a text file: commands, and what each must answer.
///
/// ```
/// # A remark.
/// $ keyreeve keys --prefix old.example     a command for sh, in the folder of the example machine
/// > expired  …                             a line of standard output; … stands for any text in it
/// ! warning: …                             a line of standard error
/// > …                                      alone: any number of lines, also none
/// ? 4                                      the exit status, 0 where not given
/// @ findings[0].severity = "error"         a value in the document on standard output
/// @ findings # 8                           the number of elements
/// ```
///
/// Without a `>` or `@` line nothing may stand on standard output, without a `!` line nothing on standard error.
/// `$NAME` in upper case is replaced everywhere: see `ConversationMachine.names`.
struct Conversation: Sendable {
  /// One command and what it must answer.
  struct Step: Sendable {
    let line: Int
    let command: String
    var output: [String] = []
    var errors: [String] = []
    var status: Int32 = 0
    var values: [String] = []
  }

  /// A line that cannot be read, or a file that holds nothing.
  struct Malformed: Error {
    let line: Int
    let text: String
  }

  let steps: [Step]

  init(_ text: String) throws {
    var steps: [Step] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      let rest = String(line.dropFirst(2))
      if line.hasPrefix("$ ") {
        steps.append(Step(line: index + 1, command: rest))
        continue
      }
      guard let last = steps.indices.last, line.count == 1 || line.dropFirst().first == " " else {
        throw Malformed(line: index + 1, text: String(line))
      }
      switch (line.first, Int32(rest)) {
      case (">", _): steps[last].output.append(rest)
      case ("!", _): steps[last].errors.append(rest)
      case ("@", _): steps[last].values.append(rest)
      case ("?", let status?): steps[last].status = status
      default: throw Malformed(line: index + 1, text: String(line))
      }
    }
    guard !steps.isEmpty else { throw Malformed(line: 0, text: "no command") }
    self.steps = steps
  }
}
