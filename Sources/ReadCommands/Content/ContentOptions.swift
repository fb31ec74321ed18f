internal import ArgumentParser
internal import ContentTrust
internal import Fetch
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// What every command takes that reads a repository of content trust.
struct ContentOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The repository, as docker writes it.", valueName: "gun"), transform: Repository.argument)
  var repository: Repository

  @OptionGroup var place: MetadataPlaceOptions

  @Flag(help: "Ask no server: what was kept counts until it expires.")
  var offline = false

  @Option(
    name: .customLong("at"), help: ArgumentHelp("Judge as of this moment.", valueName: "time"),
    transform: Timestamp.argument)
  var moment: Timestamp?

  @Option(
    help: ArgumentHelp("Read the repository from this freeze, as of its moment: no server is asked.", valueName: "dir"))
  var frozen: String?

  @Option(
    name: .customLong("frozen-digest"),
    help: ArgumentHelp("The digest that the lock file of the freeze must have.", valueName: "sha256:hex"))
  var frozenDigest: String?

  var server: String? { place.server }
  var folder: String? { place.folder }
  var allowsFirstUse: Bool { place.allowsFirstUse }

  /// Refuses what says two things of where to read.
  func validate() throws {
    if let frozenDigest {
      let digits = frozenDigest.dropFirst("sha256:".count)
      guard frozenDigest.hasPrefix("sha256:"), digits.utf8.count == 64, digits.allSatisfy(\.isHexDigit) else {
        throw ValidationError("--frozen-digest is sha256: and 64 hexadecimal digits")
      }
    }
    if frozen == nil, frozenDigest != nil { throw ValidationError("--frozen-digest is for --frozen") }
    let others = server != nil || offline || moment != nil || allowsFirstUse || folder != nil
    if frozen != nil, others {
      throw ValidationError("--frozen stands alone: a freeze is read offline, as of its moment, from the root in it")
    }
  }

  /// Refuses what is no role that signs targets.
  static func check(role: String?) throws {
    guard let role, role != "targets" else { return }
    let parts = role.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, parts[0] == "targets", parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      throw ValidationError("--role takes targets or a role below it, such as targets/releases")
    }
  }

  /// The same for a question about a tag: where documents are printed, a refusal of the repository is a verdict on the tag.
  func read(
    _ common: CommonOptions, for question: TagQuestion, keeping keeper: ContentKeeper?
  ) throws -> (RepositoryReading, MetadataSource?) {
    do {
      return try read(common, question.wantedRoles, keeping: keeper)
    } catch let failure as CommandFailure where common.json && failure.reason.isRefusal {
      let verdict = Verdict(
        subject: Verdict.Subject(repository, tag: question.tag), outcome: .refused(failure.reason),
        message: given(common).completing(failure.description))
      try Output(common).conclude(verdict, isVerbose: common.verbose)
      throw failure
    }
  }

  /// The repository as it is now, and the server that was asked.
  ///
  /// - Throws: `CommandFailure`.
  func read(
    _ common: CommonOptions, _ wanted: Set<RoleName>? = nil, keeping keeper: ContentKeeper? = nil
  ) throws -> (RepositoryReading, MetadataSource?) {
    if let frozen { return (try FrozenReader(frozen, digest: frozenDigest).read(repository, common), nil) }
    var reader = try ContentReader(common, folder: folder, keeping: keeper)
    (reader.server, reader.offline, reader.moment, reader.allowsFirstUse) = (server, offline, moment, allowsFirstUse)
    return try reader.read(repository, wanted)
  }
}

extension ContentOptions {
  /// What a suggested command needs as well.
  func given(_ common: CommonOptions) -> GivenOptions { GivenOptions(common, place) }
}

extension CommonOptions {
  /// Says what is being done where that was asked for.
  func progress(_ text: @autoclosure () -> String) { Output(self).progress(text()) }
}

extension Reason {
  /// Whether it says no, and not only that nothing can be said: exit status 10 to 18.
  fileprivate var isRefusal: Bool { (10...18).contains(exitStatus) }
}
