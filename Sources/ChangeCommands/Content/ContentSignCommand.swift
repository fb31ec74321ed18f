internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve content sign`: signs a tag.
struct ContentSignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign a tag: a file, or a digest and a size.",
    discussion: """
      Where the repository has signers, it is signed as docker does: into targets/NAME of every signer whose key is here, and \
      into targets/releases; else into targets. For an image give the digest and the size of its manifest.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var staging: StagingOptions

  @Argument(help: "The tag, or the name of a target.")
  var target: String

  @Argument(help: "The file; - for standard input.")
  var file: String?

  @Option(help: ArgumentHelp("The digest of the manifest, in place of a file.", valueName: "sha256:…"))
  var digest: String?

  @Option(help: ArgumentHelp("The size of the manifest, in octets.", valueName: "n"))
  var size: Int64?

  @Option(
    help: ArgumentHelp("Sign into this role, or these, in place of docker's rule.", valueName: "role"),
    transform: RoleName.argument)
  var role: [RoleName] = []

  func validate() throws {
    try TargetArgument.check(target)
    guard (file != nil) != (digest != nil) else { throw ValidationError("name a file, or --digest with --size") }
    guard (digest != nil) == (size != nil) else { throw ValidationError("--digest and --size belong together") }
    if let digest, Self.octets(digest) == nil {
      throw ValidationError("--digest is sha256: and 64 lower-case hexadecimal digits")
    }
    if let size, !(0...JSONLimits.integerLimit).contains(size) { throw ValidationError("--size is no size of a file") }
  }

  func run() throws {
    let target = try signed()
    let session = try PublishingSession(options, publishing)
    let name = JSONString(self.target)
    if staging.isStaged {
      let roles = role.isEmpty ? try signableRoles(session, name) : role
      return try session.stage(roles.map { StagedChange($0, .target(name, target)) })
    }
    try session.publish("sign") { change in
      let roles = role.isEmpty ? try change.draft.signableRoles(for: name, holding: session.keys.holds) : role
      for role in roles where !change.isSigned(name, as: target, in: role) {
        try change.draft.sign(name, as: target, in: role)
      }
      change.noteWhatDockerTakes(name, target)
    }
  }

  private func signableRoles(_ session: PublishingSession, _ name: JSONString) throws -> [RoleName] {
    try withReasons {
      try RepositoryDraft(try session.read(), at: session.now).signableRoles(for: name, holding: session.keys.holds)
    }
  }

  private func signed() throws -> TargetsDraft.Target {
    if let digest, let size, let octets = Self.octets(digest) { return .init(sha256: octets, length: size) }
    do throws(FileDigest.Failure) {
      let measured = try ComparedFile(file ?? "-").digest(limit: nil)
      return .init(sha256: measured.sha256, sha512: measured.sha512, length: measured.length)
    } catch {
      throw CommandFailure(error.isAbsent ? .notFound : .failed, "\(error)")
    }
  }

  private static func octets(_ digest: String) -> [UInt8]? {
    guard digest.utf8.starts(with: "sha256:".utf8) else { return nil }
    let digits = Array(digest.utf8.dropFirst(7))
    func value(_ digit: UInt8) -> UInt8? {
      switch digit {
      case 0x30...0x39: digit - 0x30
      case 0x61...0x66: digit - 0x61 + 10
      default: nil
      }
    }
    let values = digits.compactMap(value)
    guard digits.count == 64, values.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}

extension DraftedChange {
  /// Whether a role signs a name so already.
  func isSigned(_ name: JSONString, as target: TargetsDraft.Target, in role: RoleName) -> Bool {
    guard let listed = listed(name, in: role) else { return false }
    return listed.sha256 == target.sha256 && listed.length == target.length
  }

  /// Docker asks targets/releases, then targets, and nobody else: says where it takes something else than what is signed now.
  mutating func noteWhatDockerTakes(_ name: JSONString, _ target: TargetsDraft.Target) {
    let shown = VisibleText(name.text, limit: 255)
    guard let first = [SignerName.releases, .targets].first(where: { draft.roles[$0]?.holds(name) == true }) else {
      return notes.append(
        "docker does not take \(shown): it asks targets/releases and targets alone, and neither signs it")
    }
    let isNew = (draft.roles[first]?.changes[name] ?? nil) != nil
    guard !isNew, !isSigned(name, as: target, in: first) else { return }
    notes.append("docker goes on to take another \(shown): the one that \(first) signs")
  }
}
