internal import ContentChange
internal import ContentTrust
internal import ReadCommands
internal import TrustModel

extension [StagedChanges.Entry] {
  /// How many files a message names.
  private static var shown: Int { 5 }

  /// The numbers of those that are no changes.
  private var unusable: [(number: Int, name: String, problem: StagedChange.Malformed)] {
    enumerated().compactMap { offset, entry in
      guard case .failure(let problem) = entry.change else { return nil }
      return (offset + 1, entry.name, problem)
    }
  }

  /// What takes away what is no change, a clause; nil where all are changes.
  func wayOut(_ repository: Repository) -> String? {
    let numbers = unusable.map { "\($0.number)" }
    guard !numbers.isEmpty else { return nil }
    return "what cannot be used is taken away: keyreeve content unstage \(repository) \(numbers.joined(separator: " "))"
  }

  /// What doctor says of those that are no changes; nil where all are.
  func finding(_ repository: Repository, in place: String) -> ContentFinding? {
    let unusable = unusable
    guard let first = unusable.first else { return nil }
    // What has no name in UTF-8 is taken away by hand alone.
    let numbers = unusable.filter { !$0.name.unicodeScalars.contains("\u{FFFD}") }.map { "\($0.number)" }
    let hand = numbers.count < unusable.count ? "; a file whose name is no UTF-8 goes by hand alone" : ""
    return ContentFinding(
      "staged-change", .warning, repository, file: place,
      "\(unusable.count) of the \(count) changes of \(repository) that wait cannot be used, and none is published before they are taken"
        + " away; the first is \(VisibleText(first.name, limit: 120)): \(first.problem)\(hand)",
      fix: numbers.isEmpty ? nil : ["keyreeve", "content", "unstage", repository.name] + numbers)
  }

  /// Refuses to publish a part of what waits, where nobody knows what the rest was to be.
  ///
  /// - Throws: `CommandFailure`.
  func checkUsable(_ repository: Repository) throws {
    guard let wayOut = wayOut(repository) else { return }
    let files = unusable.prefix(Self.shown).map {
      "change \($0.number) (\(VisibleText($0.name, limit: 120))) cannot be used: \($0.problem)"
    }
    let more = unusable.count - files.count
    let list = files.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
    throw CommandFailure(.failed, "nothing was published: \(list); before anything is, \(wayOut)")
  }
}
