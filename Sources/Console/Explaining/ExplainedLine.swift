internal import Screen
internal import TrustModel

/// One line of an explanation: a heading, a key, or what a file did.
struct ExplainedLine: Sendable, Equatable {
  /// What stands in the list.
  enum Kind: Sendable, Equatable { case heading, key, note }

  var kind = Kind.key
  var mark = " "
  /// The key, or the file's name.
  var key = ""
  /// Why.
  var why = ""
  /// Whose it is.
  var who = ""
  /// The file.
  var file: String?
  var role = Theme.Role.normal

  static func heading(_ text: String) -> ExplainedLine { ExplainedLine(kind: .heading, key: text) }
  static func note(_ text: String) -> ExplainedLine { ExplainedLine(kind: .note, why: text, role: .dim) }
}
