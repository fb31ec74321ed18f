internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve content revoke`: takes a tag from every role that signs it.
struct ContentRevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take a tag from every role that signs it.",
    discussion: "It is done when the server, read again, shows no role that signs the tag.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var staging: StagingOptions

  @Argument(help: "The tag, or the name of a target.")
  var target: String?

  @Option(
    name: .customLong("name-from"),
    help: ArgumentHelp(
      "Read the name from this file, as a JSON string, as content list --json has it: for names that no shell can pass on; - for standard input.",
      valueName: "file"))
  var nameFile: String?

  @Option(
    help: ArgumentHelp("Take it from this role, or these, alone.", valueName: "role"), transform: RoleName.argument)
  var role: [RoleName] = []

  /// What is signed already may have any name: empty, too long to be signed again, with control characters.
  func validate() throws {
    guard (target != nil) != (nameFile != nil) else { throw ValidationError("name a tag, or --name-from") }
  }

  func run() throws {
    let session = try PublishingSession(options, publishing)
    let name = try self.name
    if staging.isStaged {
      let roles = try withReasons {
        var draft = try RepositoryDraft(try session.read(), at: session.now)
        return try draft.revoke(name, from: role)
      }
      return try session.stage(roles.map { StagedChange($0, .target(name, nil)) })
    }
    try session.publish("revoke") { change in
      try change.draft.revoke(name, from: role)
      let left = change.draft.roles.keys.sorted().filter { change.draft.roles[$0]?.holds(name) == true }
      if !left.isEmpty {
        let roles = left.map { VisibleText($0.description).description }.joined(separator: " and ")
        change.notes.append("\(VisibleText(name.text, limit: 255)) stays signed by \(roles)")
      }
    } proof: { publication in
      try prove(name, publication.reading)
    }
  }

  private var name: JSONString {
    get throws {
      guard let nameFile else { return JSONString(target ?? "") }
      let octets = try withReasons { try PublicKeyInput.text(in: nameFile) }
      guard let name = (try? JSON.parse(octets))?.string else {
        throw CommandFailure(.usage, "\(VisibleText(nameFile)) holds no JSON string")
      }
      return name
    }
  }

  private func prove(_ name: JSONString, _ reading: RepositoryReading) throws {
    let holding = reading.roles.filter { role in
      (self.role.isEmpty || self.role.contains(role.name)) && role.document.targets[name] != nil
    }
    guard holding.isEmpty else {
      let roles = holding.map { VisibleText($0.name.description).description }.joined(separator: " and ")
      throw CommandFailure(
        .failed, "\(VisibleText(name.text, limit: 255)) is still signed by \(roles): somebody signs it at the same time"
      )
    }
  }
}
