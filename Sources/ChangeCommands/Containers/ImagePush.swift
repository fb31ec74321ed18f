internal import ContentChange
internal import ContentSigning
internal import Images
internal import ReadCommands
internal import Registry
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// One push: the plan and the question, the upload, the signature.
struct ImagePush {
  private let options: CommonOptions
  private let reference: DockerReference
  private let image: LocalImage
  private let upload: ImageUpload
  private let session: PublishingSession
  private let root: (named: String?, isNew: Bool)

  init(
    _ options: CommonOptions, _ reference: DockerReference, _ image: LocalImage, _ upload: ImageUpload,
    _ publishing: PublishingOptions, rootKey: String?, isNewRoot: Bool
  ) throws {
    (self.options, self.reference, self.image, self.upload) = (options, reference, image, upload)
    session = try PublishingSession(options, publishing)
    root = (rootKey, isNewRoot)
  }

  private var output: Output { Output(options) }
  private var tag: DockerTag { reference.tag ?? .latest }
  private var name: JSONString { JSONString(tag.name) }
  private var digest: ManifestDigest { image.document.digest }

  func run(asks: Bool, dryRun: Bool) throws {
    try withReasons {
      let founding = try founding()
      // What cannot be signed is not uploaded.
      let roles = founding == nil ? try signableRoles() : [.targets]
      let plan = try upload.plan()
      let lines = lines(plan, roles, founding)
      guard !dryRun else { return try report(plan, roles, lines, isNew: founding != nil) }
      for line in lines { output.message(line) }
      if asks { try agree() }
      let line = ProgressLine(isVerbose: options.verbose)
      defer { line.clear() }
      try upload.run(plan) { line.show(.sending($0, of: $1)) }
      line.clear()
      output.message("uploaded \(reference), and read back as \(digest)")
      session.uploaded = document(plan)
      try sign(founding)
    }
  }

  // MARK: Plan

  /// The keys of a repository that has no trust data yet; nil for one that has.
  private func founding() throws -> FoundingKeys? {
    do {
      _ = try session.read()
      return nil
    } catch let failure as CommandFailure where failure.reason == .unsigned {
      try RepositoryBeginning(session).check()
      let choice = try RootKeyChoice(in: session.folders, session.options.state, named: root.named, isNew: root.isNew)
      let founding = try FoundingKeys(session, root: choice.id, hasSnapshot: false)
      founding.firstTag = "tag \(tag) is signed by targets"
      return founding
    }
  }

  private func signableRoles() throws -> [RoleName] {
    guard let reading = session.reading else { return [] }
    return try RepositoryDraft(reading, at: session.now).signableRoles(for: name, holding: session.keys.holds)
  }

  private func lines(_ plan: ImageUpload.Plan, _ roles: [RoleName], _ founding: FoundingKeys?) -> [String] {
    let count = image.manifests.count
    let what = count == 1 ? "" : ", an index of \(count) manifests"
    let there = plan.present == 0 ? "" : "; \(plan.present) are there"
    let missing = plan.missing.count
    return [
      "\(reference):", "  manifest \(digest), \(image.document.octets.count) octets\(what)",
      "  upload \(missing) blob\(missing == 1 ? "" : "s"), \(OctetCount.text(plan.octets))\(there)",
    ]
      + (founding?.plan
        ?? ["  sign into \(roles.map { VisibleText($0.description).description }.joined(separator: ", "))"])
  }

  private func agree() throws {
    guard Environment.canAsk else {
      throw CommandFailure(.declined, "there is nobody to ask: to do what the plan says without a question, add --yes")
    }
    guard (try? Dialog().agrees("Upload and sign this?")) == true else {
      throw CommandFailure(.declined, "nothing was uploaded")
    }
  }

  private func document(_ plan: ImageUpload.Plan) -> JSON {
    [
      "reference": JSON(reference.description), "digest": JSON(digest.description),
      "manifestSize": JSON(image.document.octets.count), "mediaType": JSON(image.document.type.rawValue),
      "blobs": .array(plan.missing.map { ["digest": JSON($0.digest.description), "size": JSON($0.size)] }),
      "octets": JSON(plan.octets), "present": JSON(plan.present),
    ]
  }

  private func report(_ plan: ImageUpload.Plan, _ roles: [RoleName], _ lines: [String], isNew: Bool) throws {
    try output.result([
      "schema": "keyreeve.push/1", "repository": JSON(reference.repository.name), "server": JSON(session.host.name),
      "dryRun": true, "isNew": .bool(isNew), "upload": document(plan), "roles": JSON(roles.map(\.description)),
    ]) { _ in lines + ["dry run: nothing was uploaded or signed"] }
  }

  // MARK: Signature

  private func sign(_ founding: FoundingKeys?) throws {
    let target = TargetsDraft.Target(sha256: digest.octets, length: Int64(image.document.octets.count))
    guard let founding else {
      try session.publish("push") { change in
        let roles = try change.draft.signableRoles(for: name, holding: session.keys.holds)
        for role in roles where !change.isSigned(name, as: target, in: role) {
          try change.draft.sign(name, as: target, in: role)
        }
        change.noteWhatDockerTakes(name, target)
        change.idle = "signed already: \(reference) is \(digest)"
      }
      return
    }
    // Signed in the same step, and never a change that waits in a file.
    let entry = StagedChanges.Entry(unnamed: StagedChange(.targets, .target(name, target)))
    try RepositoryBeginning(session).publish(founding, certificate: nil, [entry])
  }
}

extension ManifestDigest {
  /// The 32 octets.
  fileprivate var octets: [UInt8] {
    let digits = hex.utf8.map { $0 <= UInt8(ascii: "9") ? $0 - UInt8(ascii: "0") : $0 - UInt8(ascii: "a") + 10 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
