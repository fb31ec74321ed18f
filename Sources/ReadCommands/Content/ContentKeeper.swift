public import ContentTrust
internal import TrustModel

/// Keeps what a reading has learned; only a program that may change something has one.
public typealias ContentKeeper = @Sendable (ContentLesson) throws -> Void

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
      cause = "this program changes nothing"
    }
    Output.complain(
      "note: what was seen of \(lesson.kept.repository) was not kept, and the floor of its versions was not advanced: \(cause)"
    )
    return .notStored
  }
}
