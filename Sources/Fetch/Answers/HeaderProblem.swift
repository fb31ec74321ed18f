/// Why the headers of an answer are refused, in words that follow "the server".
struct HeaderProblem: Error, Equatable {
  let text: String

  init(_ text: String) { self.text = text }
}
