internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// What tags are signed to be, for one command; each repository is asked once.
final class SignedImages {
  private let options: EngineOptions
  private var readings: [Repository: (reading: RepositoryReading, server: MetadataSource?)] = [:]

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
  /// Anything else is printed as a refusal.
  ///
  /// - Throws: `CommandEnd`, or `CommandFailure`.
  func image(_ reference: DockerReference) throws -> Image {
    let tag = reference.tag ?? .latest
    let question = TagQuestion(tag.name)
    let (reading, server) = try read(reference.repository, question)
    var verdict = question.verdict(on: reading, server: server)
    guard verdict.isAccepted, let text = verdict.subject.digest, let digest = try? ManifestDigest(text) else {
      throw refusal(verdict)
    }
    if let named = reference.digest, named != digest {
      verdict.outcome = .refused(.mismatch)
      verdict.message =
        "\(reference.familiar): what is signed as \(tag) is \(digest), and not the digest that is named; by the digest alone"
        + " nothing is checked of who signed it"
      throw refusal(verdict)
    }
    for note in verdict.notes { Output.complain("note: \(note)") }
    return Image(reference: DockerReference(reference.repository, tag: tag), digest: digest, verdict: verdict)
  }

  /// Every tag of a repository that counts, in order.
  ///
  /// - Throws: `CommandFailure`.
  func images(of repository: Repository) throws -> [Image] {
    let (reading, server) = try read(repository, TagQuestion(DockerTag.latest.name))
    return try SignedTag.all(in: reading).filter(\.counts).compactMap { signed in
      // A target that no tag can be named is none of the engine's.
      guard let tag = try? DockerTag(signed.name) else { return nil }
      let verdict = TagQuestion(signed.name).verdict(on: reading, server: server)
      guard verdict.isAccepted, let text = verdict.subject.digest, let digest = try? ManifestDigest(text) else {
        throw refusal(verdict)
      }
      return Image(reference: DockerReference(repository, tag: tag), digest: digest, verdict: verdict)
    }
  }

  private func read(_ repository: Repository, _ question: TagQuestion) throws -> (RepositoryReading, MetadataSource?) {
    if let known = readings[repository] { return known }
    do {
      var reader = try ContentReader(
        options.common, folder: options.folder, keeping: KeepingContentCommand.keeper(options.common))
      (reader.server, reader.offline, reader.allowsFirstUse) = (options.server, options.offline, options.allowsFirstUse)
      let read = try reader.read(repository, question.wantedRoles)
      readings[repository] = read
      return read
    } catch let failure as CommandFailure where options.common.json && (10...18).contains(failure.reason.exitStatus) {
      throw refusal(
        Verdict(
          subject: Verdict.Subject(repository, tag: question.tag), outcome: .refused(failure.reason),
          message: failure.description))
    }
  }

  /// Prints a refusal: standard output may be the container's, so that only a document goes there.
  private func refusal(_ verdict: Verdict) -> CommandEnd {
    let output = Output(options.common)
    if options.common.json {
      try? output.conclude(verdict, isVerbose: options.common.verbose)
    } else {
      for line in output.text(of: verdict, isVerbose: options.common.verbose) { output.message(line) }
    }
    return CommandEnd(verdict.reason)
  }
}
