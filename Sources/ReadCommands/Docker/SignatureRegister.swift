public import BuildFiles
internal import ContentTrust
internal import SignedMetadata
public import TrustModel

/// What content trust says of references; each repository is read once for all of them.
///
/// Servers are asked over one connection each. For one thread at a time.
public struct SignatureRegister {
  private var reader: ContentReader
  private var readings: [Repository: Result<(RepositoryReading, MetadataSource?), CommandFailure>] = [:]

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
    let tag = reference.tag ?? .latest
    let question = TagQuestion(tag.name)
    let subject = Verdict.Subject(
      reference.repository, tag: reference.tag?.name ?? reference.digest?.description ?? tag.name)
    switch reading(of: reference.repository, question) {
    case .failure(let failure):
      let isRefusal = (10...18).contains(failure.reason.exitStatus) || failure.reason == .declined
      return Verdict(
        subject: subject, outcome: isRefusal ? .refused(failure.reason) : .undetermined, message: failure.description)
    case .success(let (reading, server)):
      guard let digest = reference.digest else { return question.verdict(on: reading, server: server) }
      guard reference.tag != nil else { return verdict(on: digest, subject, reading, server) }
      var verdict = question.verdict(on: reading, server: server)
      guard verdict.isAccepted, verdict.subject.digest != digest.description else { return verdict }
      verdict.outcome = .refused(.mismatch)
      verdict.message =
        "\(tag) of \(reference.repository) is signed as \(verdict.subject.digest ?? ""), not as \(digest): take that digest, or the tag alone"
      return verdict
    }
  }

  private mutating func reading(
    of repository: Repository, _ question: TagQuestion
  ) -> Result<(RepositoryReading, MetadataSource?), CommandFailure> {
    if let known = readings[repository] { return known }
    let answer: Result<(RepositoryReading, MetadataSource?), CommandFailure>
    do {
      answer = .success(try reader.read(repository, question.wantedRoles))
    } catch let failure as CommandFailure {
      answer = .failure(failure)
    } catch {
      answer = .failure(CommandFailure(.failed, "\(error)"))
    }
    readings[repository] = answer
    return answer
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
