/// A looking command of the program that somebody wants to read.
struct ReportOrder: Sendable, Equatable {
  /// Its words, without the name of the program.
  let words: [String]
}
