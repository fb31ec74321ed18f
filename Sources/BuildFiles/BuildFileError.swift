internal import TrustModel

/// Why a Dockerfile or compose file cannot be read, and where.
public struct BuildFileError: Error, Equatable, CustomStringConvertible {
  /// The line, from 1; nil where it is about the whole file.
  public let line: Int?
  /// What is wrong, with text from the file made visible.
  public let problem: String

  /// An error.
  public init(line: Int? = nil, _ problem: String) { (self.line, self.problem) = (line, problem) }

  /// An error that repeats a piece of the file.
  init(line: Int?, _ problem: String, _ text: String) {
    self.init(line: line, "\(problem): '\(VisibleText(text, limit: 80))'")
  }

  /// The line, and what is wrong.
  public var description: String { (line.map { "line \($0): " } ?? "") + problem }
}
