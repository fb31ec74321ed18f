internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve content delegation list`: the roles, their keys, thresholds and paths.
struct ContentDelegationListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the delegated roles: keys, thresholds, paths, and which keys are here.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions

  func run() throws {
    try withReasons {
      let session = try PublishingSession(options, publishing)
      let draft = try RepositoryDraft(try session.read(), at: session.now)
      let all = draft.roles.keys.sorted().flatMap { draft.roles[$0]?.delegations ?? [] }
      try Output(options).result(document(all, session)) { style in
        guard !all.isEmpty else { return ["\(session.repository) delegates to no role"] }
        return all.flatMap { lines($0, style, session) }
      }
    }
  }

  private func lines(_ delegation: DelegationDraft, _ style: TextStyle, _ session: PublishingSession) -> [String] {
    let paths = delegation.paths.map { $0.text.isEmpty ? "all" : VisibleText($0.text, limit: 255).description }
    let heading =
      style.heading(VisibleText(delegation.name.description).description)
      + "  \(delegation.threshold) of \(delegation.keys.count) keys, names: \(paths.isEmpty ? "none" : paths.joined(separator: ", "))"
    return [heading]
      + delegation.keys.map { "  key  \($0.canonicalID)" + (session.keys.holds($0.canonicalID) ? "  here" : "") }
  }

  private func document(_ all: [DelegationDraft], _ session: PublishingSession) -> JSON {
    [
      "schema": "keyreeve.delegations/1", "repository": JSON(session.repository.name),
      "delegations": .array(
        all.map { delegation in
          [
            "role": JSON(delegation.name.description), "threshold": JSON(delegation.threshold),
            "paths": JSON(delegation.paths.map(\.text)),
            "keys": .array(
              delegation.keys.map { key in
                [
                  "id": JSON(key.id.description), "file": JSON(key.canonicalID.description),
                  "here": .bool(session.keys.holds(key.canonicalID)),
                ]
              }),
          ]
        }),
    ]
  }
}
