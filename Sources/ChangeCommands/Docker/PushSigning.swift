internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import Engines
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// Signs tags that an engine has pushed, as the registry has them.
struct PushSigning {
  private let invocation: EngineInvocation
  private let repository: Repository

  init(_ invocation: EngineInvocation, _ repository: Repository) {
    (self.invocation, self.repository) = (invocation, repository)
  }

  /// Reads every manifest back, and signs all tags in one publication.
  ///
  /// - Parameter isQuiet: whether what came of it goes to standard error.
  /// - Throws: `CommandFailure`, which says what is in the registry and how to sign it.
  func sign(_ images: [PushedImage], isQuiet: Bool) throws {
    var isNew = false
    do {
      let manifests = try PushedManifests(invocation.options, repository)
      let targets = try images.map { image in
        (name: JSONString(image.tag.name), target: try target(image, length: try manifests.length(of: image)))
      }
      let session = try PublishingSession(invocation.options.common, try publishing())
      session.isQuiet = isQuiet
      do {
        try sign(targets, session)
      } catch let failure as CommandFailure where failure.reason == .unsigned {
        // There is no repository of signed tags yet.
        isNew = true
        try begin(session)
        isNew = false
        try sign(targets, session)
      }
    } catch let failure as CommandFailure {
      throw CommandFailure(failure.reason, "\(failure.description). \(advice(images, isNew: isNew))")
    }
  }

  private func advice(_ images: [PushedImage], isNew: Bool) -> String {
    guard !isNew else {
      return "What was pushed is in the registry, and not signed; to make the repository of signed tags and sign: "
        + invocation.again(with: "--yes")
    }
    let commands = images.prefix(5).map { image in
      "keyreeve content sign \(repository) \(image.tag) --digest \(image.digest) --size \(image.size.map(String.init) ?? "N")"
    }
    let more = images.count > 5 ? "; and so on for \(images.count - 5) more" : ""
    return "What was pushed is in the registry, and not signed: \(commands.joined(separator: "; "))\(more)"
  }

  private func target(_ image: PushedImage, length: Int64) throws -> TargetsDraft.Target {
    let digits = Array(image.digest.hex.utf8)
    let octets = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
    }
    return .init(sha256: octets, length: length)
  }

  /// Pushing with content trust is the wish to sign: only a new repository is asked about.
  private func publishing() throws -> PublishingOptions {
    let options = invocation.options
    var words = [repository.name, "--yes"]
    if let server = options.server { words.append("--server=\(server)") }
    if let folder = options.folder { words.append("--trust-dir=\(folder)") }
    if options.allowsFirstUse { words.append("--trust-on-first-use") }
    if let descriptor = options.passphraseOptions.descriptor { words.append("--passphrase-fd=\(descriptor)") }
    return try PublishingOptions.parse(words)
  }

  private func sign(_ targets: [(name: JSONString, target: TargetsDraft.Target)], _ session: PublishingSession) throws {
    try session.publish("sign") { change in
      for (name, target) in targets {
        let roles = try change.draft.signableRoles(for: name, holding: session.keys.holds)
        for role in roles where !change.isSigned(name, as: target, in: role) {
          try change.draft.sign(name, as: target, in: role)
        }
        change.noteWhatDockerTakes(name, target)
      }
      let tags = targets.map { VisibleText($0.name.text).description }.joined(separator: ", ")
      change.idle = "signed already, with what was pushed: \(repository) \(tags)"
    }
  }

  // MARK: A new repository

  private func begin(_ session: PublishingSession) throws {
    try withReasons {
      let beginning = RepositoryBeginning(session)
      try beginning.check()
      let root = try RootKeyChoice(
        in: session.folders, session.options.state, named: invocation.options.rootKey,
        isNew: invocation.options.isNewRoot)
      let founding = try FoundingKeys(session, root: root.id, hasSnapshot: false)
      try founding.agree(certificate: nil)
      try agree()
      // Of two documents, the one that says what was signed is the answer.
      guard invocation.options.common.json else { return try beginning.publish(founding, certificate: nil, []) }
      try Report.silently { try beginning.publish(founding, certificate: nil, []) }
      for key in founding.made { Output.complain("made \(key)") }
    }
  }

  private func agree() throws {
    guard !invocation.options.yes else { return }
    guard Environment.canAsk else {
      throw CommandFailure(
        .declined,
        "there is nobody to ask whether the repository is to be made")
    }
    guard (try? Dialog().agrees("Make it?")) == true else { throw CommandFailure(.declined, "nothing was signed") }
  }
}
