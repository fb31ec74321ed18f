internal import ArgumentParser
internal import ContentChange
internal import ReadCommands
internal import StrictJSON
internal import TrustModel

/// Whether a change waits to be published by `keyreeve content publish`, or by docker or notary.
struct StagingOptions: ParsableArguments {
  @Flag(name: .customLong("stage"), help: "Publish nothing: let the change wait where docker and notary look for it.")
  var isStaged = false
}

extension PublishingSession {
  /// Lets changes wait, and says so.
  func stage(_ changes: [StagedChange]) throws {
    try withReasons {
      let files = publishing.dryRun ? [] : try staged.add(changes)
      let document: JSON = [
        "schema": "keyreeve.staged/1", "repository": JSON(repository.name), "folder": JSON(staged.place),
        "dryRun": .bool(publishing.dryRun),
        "changes": .array(
          changes.enumerated().map { index, change in
            ["file": JSON(index < files.count ? files[index] : nil), "change": JSON(change.words), "problem": .null]
          }),
      ]
      try Output(options).result(document) { _ in
        changes.map { "\(publishing.dryRun ? "would wait" : "waits"): \($0.words)" }
          + [given.completing("to publish it: keyreeve content publish \(repository)")]
      }
    }
  }
}
