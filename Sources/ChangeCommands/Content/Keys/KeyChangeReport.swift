internal import ContentChange
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// What a command has done, or would do, to signing keys.
struct KeyChangeReport {
  /// What becomes of a key.
  enum Action: String {
    case added, kept, replaced, removed, exported
  }

  /// One key.
  struct Row {
    let action: Action
    /// Nil for one that is not made yet.
    let id: KeyID?
    let headers: SigningKeyHeaders
    /// In words; nil where it is not known.
    let algorithm: String?
    /// Its file, absolute, without the sysroot; nil where it is only told.
    let file: String?
    /// Where the copy or the public half went.
    var copy: String?
    /// More about it, a sentence each.
    var notes: [String] = []
  }

  let verb: String
  let isDryRun: Bool
  var rows: [Row]
  var notes: [String] = []

  /// Prints it.
  func print(_ options: CommonOptions) throws {
    let output = Output(options)
    for note in notes { output.message("note: \(note)") }
    try output.result(document) { _ in lines }
  }

  private var document: JSON {
    let changed = rows.contains { $0.action != .kept && $0.action != .exported }
    return [
      "schema": "keyreeve.content-key-change/1", "verb": JSON(verb), "dryRun": .bool(isDryRun),
      "applied": .bool(changed && !isDryRun),
      "keys": .array(
        rows.map { row in
          [
            "id": JSON(row.id?.description), "action": JSON(row.action.rawValue), "role": JSON(row.headers.role),
            "repository": JSON(row.headers.repository), "algorithm": JSON(row.algorithm), "file": JSON(row.file),
            "copy": JSON(row.copy), "notes": JSON(row.notes),
          ]
        }),
      "notes": JSON(notes),
    ]
  }

  private var lines: [String] {
    let lines = rows.flatMap { row -> [String] in
      let name = row.id.map(\.description) ?? "a new key"
      let role = VisibleText(row.headers.words, limit: 400).description
      return ["\(row.action.rawValue)  \(name)  \(role)" + (row.algorithm.map { ", \($0)" } ?? "")]
        + [row.file.map { "  file     \(VisibleText($0))" }, row.copy.map { "  copy     \(VisibleText($0))" }]
        .compactMap { $0 }
        + row.notes.map { "  \($0)" }
    }
    return lines + (isDryRun ? ["dry run: nothing was changed"] : [])
  }
}
