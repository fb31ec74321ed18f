internal import ContentTrust
internal import SignedMetadata
public import TrustModel

/// Asks which manifest a tag is signed to be, as `content lookup` does, for commands that go on with the answer.
public struct SignedTagLookup {
  /// The server or folder that is named; nil for the one that configuration says.
  public var server: String?
  /// The folder of docker or notary; nil for docker's own.
  public var folder: String?
  /// Whether the first root that is seen is taken.
  public var allowsFirstUse = false
  private let common: CommonOptions
  private let keeper: ContentKeeper?

  /// A tag's answer.
  public struct Answer {
    /// The verdict.
    public let verdict: Verdict
    /// The signed digest; nil where the verdict is no yes.
    public let digest: ManifestDigest?
    /// The signed length of the manifest, in octets.
    public let size: UInt64?
  }

  /// A lookup; what is learned is handed to `keeper`.
  public init(_ common: CommonOptions, keeping keeper: ContentKeeper?) { (self.common, self.keeper) = (common, keeper) }

  /// The answer, a refusal of the whole repository included.
  ///
  /// - Throws: `CommandFailure` where nothing can be said of trust.
  public func ask(_ repository: Repository, _ tag: DockerTag) throws -> Answer {
    let question = TagQuestion(tag.name)
    do {
      var reader = try ContentReader(common, folder: folder, keeping: keeper)
      (reader.server, reader.allowsFirstUse) = (server, allowsFirstUse)
      let (reading, source) = try reader.read(repository, question.wantedRoles)
      let verdict = question.verdict(on: reading, server: source)
      guard verdict.isAccepted, let file = question.target(in: reading)?.file,
        let digest = file.sha256Text.flatMap({ try? ManifestDigest(ManifestDigest.prefix + $0) })
      else { return Answer(verdict: verdict, digest: nil, size: nil) }
      return Answer(verdict: verdict, digest: digest, size: file.length.map { UInt64(max(0, $0)) })
    } catch let failure as CommandFailure where (10...18).contains(failure.reason.exitStatus) {
      let verdict = Verdict(
        subject: Verdict.Subject(repository, tag: tag.name), outcome: .refused(failure.reason),
        message: failure.description)
      return Answer(verdict: verdict, digest: nil, size: nil)
    }
  }
}
