public import BuildFiles
internal import ContentTrust
internal import SignedMetadata
public import TrustModel

/// What content trust says of references; each repository is read once for all of them.
///
/// Servers are asked over one connection each. For one thread at a time.
public struct SignatureRegister {
  private typealias Reading = (RepositoryReading, MetadataSource?)

  private var reader: ContentReader
  private var readings: [Repository: Result<Reading, CommandFailure>] = [:]

  /// A register that reads by a reader.
  public init(_ reader: ContentReader) {
    self.reader = reader
    self.reader.connections = ServerConnections()
  }

  /// The verdict on what is named; nil where there is nothing to sign: a stage, a build context, nothing at all.
  public mutating func answer(to mention: ImageMention) -> Verdict? {
    guard mention.isNeeded else { return nil }
    switch mention.meaning {
    case .image(let reference): return verdict(on: reference)
    case .unknown(let cause):
      let subject = Verdict.Subject(file: VisibleText(mention.written).description)
      return Verdict(
        subject: subject, outcome: .refused(.usage), message: "it cannot be told which image this is: \(cause)")
    case .scratch, .stage, .context: return nil
    }
  }

  /// The verdict on a reference: on its tag, `latest` where it names neither tag nor digest.
  public mutating func verdict(on reference: DockerReference) -> Verdict {
    do throws(CommandFailure) {
      return try judge(reference)
    } catch {
      let outcome: Verdict.Outcome = error.reason == .declined ? .refused(.declined) : .undetermined
      return Verdict(subject: Self.subject(reference), outcome: outcome, message: error.description)
    }
  }

  /// The same for whoever does not go on without a verdict.
  ///
  /// - Throws: `CommandFailure` where none can be given.
  public mutating func judge(_ reference: DockerReference) throws(CommandFailure) -> Verdict {
    let question = TagQuestion((reference.tag ?? .latest).name)
    let (reading, server): Reading
    do throws(CommandFailure) {
      (reading, server) = try self.reading(of: reference.repository, question)
    } catch {
      guard (10...18).contains(error.reason.exitStatus) else { throw error }
      return Verdict(
        subject: Self.subject(reference), outcome: .refused(error.reason), message: error.description)
    }
    guard let digest = reference.digest else { return question.verdict(on: reading, server: server) }
    guard reference.tag != nil else { return verdict(on: digest, Self.subject(reference), reading, server) }
    return Self.compared(question.verdict(on: reading, server: server), with: reference, digest)
  }

  /// Every tag of a repository that counts, in order; a target that no tag can be named is none.
  ///
  /// - Throws: `CommandFailure`.
  public mutating func tags(of repository: Repository) throws(CommandFailure) -> [(tag: DockerTag, verdict: Verdict)] {
    let (reading, server) = try self.reading(of: repository, TagQuestion(DockerTag.latest.name))
    return SignedTag.all(in: reading).filter(\.counts).compactMap { signed in
      (try? DockerTag(signed.name)).map { ($0, TagQuestion(signed.name).verdict(on: reading, server: server)) }
    }
  }

  private static func subject(_ reference: DockerReference) -> Verdict.Subject {
    let tag = reference.tag?.name ?? reference.digest?.description ?? DockerTag.latest.name
    return Verdict.Subject(reference.repository, tag: tag)
  }

  /// With a digest beside it a tag is that image, or refused.
  private static func compared(
    _ verdict: Verdict, with reference: DockerReference, _ digest: ManifestDigest
  ) -> Verdict {
    guard verdict.isAccepted, verdict.subject.digest != digest.description else { return verdict }
    var verdict = verdict
    verdict.outcome = .refused(.mismatch)
    verdict.message =
      "\(reference): what is signed as \(reference.tag ?? .latest) is \(verdict.subject.digest ?? ""), and not the digest that is named:"
      + " take the tag alone; by a digest alone nothing is checked of who signed it"
    return verdict
  }

  private mutating func reading(
    of repository: Repository, _ question: TagQuestion
  ) throws(CommandFailure) -> Reading {
    if let known = readings[repository] { return try known.get() }
    let answer: Result<Reading, CommandFailure>
    do {
      answer = .success(try reader.read(repository, question.wantedRoles))
    } catch let failure as CommandFailure {
      answer = .failure(failure)
    } catch {
      answer = .failure(CommandFailure(.failed, "\(error)"))
    }
    readings[repository] = answer
    return try answer.get()
  }

  /// A digest alone always is the same image; whether somebody signs it is asked all the same.
  private func verdict(
    on digest: ManifestDigest, _ subject: Verdict.Subject, _ reading: RepositoryReading, _ server: MetadataSource?
  ) -> Verdict {
    var subject = subject
    subject.digest = digest.description
    let tag = SignedTag.all(in: reading).first { $0.counts && $0.digest == digest.description }
    guard let tag else {
      return Verdict(
        subject: subject, outcome: .refused(.unsigned),
        message:
          "the digest names one image for ever, but no tag of \(reading.repository) that is signed now is that image: nobody vouches for it; keyreeve content list \(reading.repository) shows what is signed"
      )
    }
    var verdict = TagQuestion(tag.name).verdict(on: reading, server: server)
    verdict.subject.tag = subject.tag
    verdict.subject.file = subject.file
    verdict.message =
      "\(digest) is what \(VisibleText(tag.name)) of \(reading.repository) is signed as, by role \(VisibleText(tag.role))"
    return verdict
  }
}
