public import ArgumentParser
public import ContentTrust
internal import TrustModel

/// Keeps what a reading has learned; only a program that may change something has one.
public typealias ContentKeeper = @Sendable (ContentLesson) throws -> Void

/// A command that learns something of a repository worth keeping.
public protocol LearningCommand: ParsableCommand {
  /// The common options.
  var options: CommonOptions { get }
  /// Runs it, and has what was learned kept.
  func run(keeping keeper: ContentKeeper?) throws
}

extension LearningCommand {
  /// Runs it, and keeps nothing.
  public func run() throws { try run(keeping: nil) }
}

extension ContentReader {
  /// Has a lesson kept where that may be, and says once where it is not.
  func keep(_ lesson: ContentLesson) -> ContentKeeping {
    guard lesson.isNews, !offline else { return .unchanged }
    let cause: String
    if moment != nil {
      cause = "--at judges another moment"
    } else if let keeper {
      do {
        try keeper(lesson)
        return .stored
      } catch {
        cause = "\(error)"
      }
    } else {
      cause = whyNothingIsKept
    }
    Output.complain(
      "note: what was seen of \(lesson.kept.repository) was not kept, and the floor of its versions was not advanced: \(cause)"
    )
    return .notStored
  }
}
