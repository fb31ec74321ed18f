internal import ContentTrust
internal import Images
internal import ReadCommands
internal import Registry
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve fetch docker://REF`: the tag's signed digest, then what it names, into the store of container images.
struct ContainerFetchRun {
  let options: CommonOptions
  let reference: DockerReference
  let platform: ImagePlatform?
  /// Whether verification is switched off.
  let skipsVerification: Bool
  let lookup: SignedTagLookup
  /// What the tag must lead to, where a person named it by the digest of the store.
  var expected: ManifestDigest?

  private var output: Output { Output(options) }

  func run() throws {
    let (fetched, wanted) = try fetch()
    try report(fetched, wanted)
  }

  /// Judges the tag now, and fetches what the store does not hold.
  ///
  /// - Throws: `CommandEnd` where the image is refused, which was said; `CommandFailure`.
  func fetch() throws -> (FetchedContainer, WantedContainer) {
    let wanted = try wish()
    let access = try options.registryAccess(reference.repository)
    let line = ProgressLine(isVerbose: options.verbose)
    output.progress("fetching \(wanted.reference) from \(access.server)")
    do {
      let fetched = try ContainerFetcher(into: ContainerStoreWriter(options.containers), from: access).fetch(
        wanted, at: SystemClock.now
      ) { line.show(.image(received: $0, total: $1)) }
      line.clear()
      return (fetched, wanted)
    } catch {
      line.clear()
      throw try refusal(error, wanted)
    }
  }

  // MARK: What is asked for

  /// The digest that counts, and who says so.
  private func wish() throws -> WantedContainer {
    guard !skipsVerification else {
      return unverified(
        "verification was switched off: nobody vouches for \(reference)", digest: expected ?? reference.digest)
    }
    if reference.tag == nil, let digest = reference.digest {
      return unverified(
        "the octets of \(reference.repository) are those of \(digest); no tag was named, so no signature was asked for, and "
          + "nobody vouches for it", digest: digest)
    }
    let tag = reference.tag ?? .latest
    let answer = try lookup.ask(reference.repository, tag)
    guard let digest = answer.digest else {
      throw try refuse(answer.verdict)
    }
    if let named = expected ?? reference.digest, named != digest {
      var verdict = answer.verdict
      verdict.outcome = .refused(.mismatch)
      verdict.message = "\(reference.repository):\(tag) is signed to be \(digest), and \(named) was asked for"
      throw try refuse(verdict)
    }
    let whole = DockerReference(reference.repository, tag: tag, digest: reference.digest)
    var wanted = WantedContainer(whole, digest: digest, size: answer.size, verdict: answer.verdict)
    wanted.platform = platform
    return wanted
  }

  private func unverified(_ message: String, digest: ManifestDigest?) -> WantedContainer {
    let isTagged = reference.tag != nil || digest == nil
    let whole = DockerReference(
      reference.repository, tag: isTagged ? reference.tag ?? .latest : nil, digest: reference.digest)
    var subject = Verdict.Subject(
      reference.repository, tag: whole.tag?.name ?? digest?.description ?? "")
    subject.digest = digest?.description
    var wanted = WantedContainer(
      whole, digest: digest, size: nil,
      verdict: Verdict(subject: subject, outcome: .refused(.unsigned), message: message))
    (wanted.platform, wanted.isUnverified) = (platform, true)
    return wanted
  }

  // MARK: What came of it

  private static let nothing: [JSON.Member] = [
    .init("id", .null), .init("stored", false), .init("downloaded", false), .init("unverified", false),
    .init("image", .null),
  ]

  /// A refusal is a verdict; of anything else nothing can be said.
  private func refusal(_ error: RegistryError, _ wanted: WantedContainer) throws -> any Error {
    guard (10...18).contains(error.reason.exitStatus), error.reason != .notFound else {
      return CommandFailure(error.reason, error.description)
    }
    var verdict = wanted.verdict
    verdict.outcome = .refused(error.reason)
    verdict.message = "\(error.description); nothing was stored"
    return try refuse(verdict)
  }

  /// Prints a refusal: standard output is for the id, or a program's, so that only a document goes there.
  private func refuse(_ verdict: Verdict) throws -> CommandEnd {
    for line in output.text(of: verdict, isVerbose: options.verbose) where !options.json { output.message(line) }
    try output.result(.object((verdict.document.members ?? []) + Self.nothing)) { _ in [] }
    return CommandEnd(verdict.reason)
  }

  private func report(_ fetched: FetchedContainer, _ wanted: WantedContainer) throws {
    let record = fetched.record
    if wanted.isUnverified {
      output.message("unverified: \(wanted.verdict.message)")
    } else {
      for line in output.text(of: wanted.verdict, isVerbose: options.verbose) { output.message(line) }
    }
    for note in fetched.notes { output.message("note: \(note)") }
    if fetched.wasStored, fetched.fetched == 0 { output.message("the store holds it already: no layer was downloaded") }
    try output.result(document(fetched, wanted)) { _ in [record.signed.description] }
  }

  /// The verdict with what became of the image; the reason is that of the command, as for ACIs.
  private func document(_ fetched: FetchedContainer, _ wanted: WantedContainer) -> JSON {
    let members = (wanted.verdict.document.members ?? []).map { member in
      member.name == "reason" && wanted.isUnverified ? .init("reason", JSON(Reason.accepted.rawValue)) : member
    }
    return .object(
      members + [
        .init("id", JSON(fetched.record.digest.description)), .init("stored", true),
        .init("downloaded", .bool(fetched.fetched > 0)), .init("unverified", .bool(wanted.isUnverified)),
        .init("image", fetched.record.document),
      ])
  }
}
