internal import ReadCommands
internal import TrustModel

/// The images that tags are signed to be, for one command that an engine is to run; anything else is printed as a refusal.
final class SignedImages {
  private let options: EngineOptions
  private var register: SignatureRegister?

  init(_ options: EngineOptions) { self.options = options }

  /// A tag, and the digest that is signed for it.
  struct Image {
    /// The repository and tag, without a digest.
    let reference: DockerReference
    /// The digest.
    let digest: ManifestDigest
    /// Why.
    let verdict: Verdict

    /// What the engine is to take.
    var pinned: DockerReference { reference.pinned(to: digest) }
  }

  /// The image of a reference with a tag; where that has a digest too, it must be the signed one.
  ///
  /// - Throws: `CommandEnd` after a refusal was printed, or `CommandFailure`.
  func image(_ reference: DockerReference) throws -> Image {
    let verdict = try asking { register throws(CommandFailure) in try register.judge(reference) }
    for note in verdict.notes where verdict.isAccepted { Output.complain("note: \(note)") }
    return try image(reference.repository, reference.tag ?? .latest, verdict)
  }

  /// Every tag of a repository that counts, in order.
  ///
  /// - Throws: `CommandEnd` after a refusal was printed, or `CommandFailure`.
  func images(of repository: Repository) throws -> [Image] {
    try asking { register throws(CommandFailure) in try register.tags(of: repository) }
      .map { try image(repository, $0.tag, $0.verdict) }
  }

  private func image(_ repository: Repository, _ tag: DockerTag, _ verdict: Verdict) throws -> Image {
    guard verdict.isAccepted, let text = verdict.subject.digest, let digest = try? ManifestDigest(text) else {
      throw refusal(verdict)
    }
    return Image(reference: DockerReference(repository, tag: tag), digest: digest, verdict: verdict)
  }

  private func asking<Answer>(
    _ question: (inout SignatureRegister) throws(CommandFailure) -> Answer
  ) throws -> Answer {
    var asked = try register ?? SignatureRegister(reader())
    defer { register = asked }
    return try question(&asked)
  }

  private func reader() throws -> ContentReader {
    var reader = try ContentReader(
      options.common, folder: options.folder, keeping: KeepingContentCommand.keeper(options.common))
    (reader.server, reader.offline, reader.allowsFirstUse) = (options.server, options.offline, options.allowsFirstUse)
    return reader
  }

  /// Prints a refusal: standard output may be the container's, so that only a document goes there.
  private func refusal(_ verdict: Verdict) -> CommandEnd {
    let output = Output(options.common)
    var verdict = verdict
    verdict.message = options.given.completing(verdict.message)
    if options.common.json {
      try? output.conclude(verdict, isVerbose: options.common.verbose)
    } else {
      for line in output.text(of: verdict, isVerbose: options.common.verbose) { output.message(line) }
    }
    return CommandEnd(verdict.reason)
  }
}
