/// Somebody who answers in place of the terminal, while a command runs inside the terminal interface.
public struct Respondent: Sendable {
  /// Who answers on this thread or task; nil where the terminal is asked.
  @TaskLocal static var current: Respondent?

  private let agrees: @Sendable (_ said: [String], _ question: String) -> Bool

  /// A person who is shown what was said before a question, and then asked.
  public init(agrees: @escaping @Sendable (_ said: [String], _ question: String) -> Bool) { self.agrees = agrees }

  /// Whether there is one: nothing may be read from standard input then.
  public static var isThere: Bool { current != nil }

  /// The answer to a question, with what the command has said since the last one; nil where there is nobody but the terminal.
  public static func answer(_ question: String) -> Bool? {
    current.map { $0.agrees(CollectedOutput.current?.takeLines() ?? [], question) }
  }
}
