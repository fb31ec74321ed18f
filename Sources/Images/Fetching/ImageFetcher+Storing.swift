internal import Archives
internal import Discovery
internal import Fetch
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

extension ImageFetcher {
  /// The image of an offer, if the store holds it: a signature file is over exactly one image.
  ///
  /// It is judged by today's keys; nothing is downloaded. A file is always read: what is asked is whether that very
  /// file is what was signed. So is an address that the image did not come from.
  func stored(_ offer: ImageOffer, _ signature: SignatureFile) throws -> FetchedImage? {
    guard case .address = offer.location else { return nil }
    let digest = signature.digest
    let record = try images.records().records.first { record in
      record.signatureDigest == digest && !record.isUnverified && offer.wanted.difference(record) == nil
        && (offer.wanted.reference != nil || record.origin.asked == offer.origin.asked)
    }
    guard let record, let image = images.judged([record], at: now).first else { return nil }
    guard image.today.isAccepted else { throw Ending(image.today) }
    return FetchedImage(verdict: image.today, record: try writer.markRequested(record), wasStored: true)
  }

  /// An image that is asked for by name alone must not be older than what the store has of it.
  ///
  /// Whoever can replay an old signed image could else take a machine back to it (reference/rkt.md, section 10, row 20).
  func olderThanStored(_ offer: ImageOffer, _ result: VerifiedImage, _ signature: SignatureFile) throws -> Verdict? {
    guard let reference = offer.wanted.reference, reference.labels["version"] == nil, let id = result.id,
      let signed = signature.newest(result), let labels = result.archive?.manifest.labels
    else { return nil }
    let others = try images.records().records.filter { record in
      record.name == reference.name && record.id != id && !record.isUnverified
        && record.labels["os"] == labels["os"] && record.labels["arch"] == labels["arch"]
    }
    let dated = others.compactMap { record in record.signed.map { (record: record, signed: $0) } }
    guard let newest = dated.max(by: { $0.signed < $1.signed }), signed < newest.signed else { return nil }
    let version =
      labels["version"].map { "; if you want it: keyreeve fetch \(reference.name):\(VisibleText($0))" } ?? ""
    return Verdict(
      subject: result.verdict.subject, outcome: .refused(.stale),
      message: "the latest \(reference.name) that is offered was signed on \(signed), before the one in the store"
        + " (\(newest.record.reference), signed on \(newest.signed)): an old image may be passed off as the latest\(version)",
      signatures: result.verdict.signatures, considered: result.verdict.considered)
  }

  /// Fetches what an image stands on, then gives it its place.
  func store(
    _ image: inout StagedImage, _ result: VerifiedImage, _ signature: SignatureFile?, _ offer: ImageOffer,
    _ arrival: ImageDownload.Arrival, _ chain: inout DependencyChain
  ) throws -> FetchedImage {
    guard let archive = result.archive, let id = result.id else { throw Ending(result.verdict) }
    let dependencies = try dependencies(of: archive.manifest, result.verdict, &chain)
    var origin = offer.origin
    origin.address = arrival.address?.description ?? origin.address
    origin.redirects = arrival.redirects.map(\.description)
    let record = ImageRecord(
      id: id, name: archive.manifest.name, labels: archive.manifest.labels, size: Int64(image.length),
      uncompressedSize: Int64(archive.uncompressedSize), compression: archive.compression.rawValue,
      signatureGeneration: signature == nil ? nil : 1, signatureDigest: signature?.digest, matched: result.matched,
      signed: signature?.newest(result), fetched: now, origin: origin, isUnverified: options.skipsVerification,
      isRequested: chain.isOutermost, answer: .init(result.verdict), dependencies: dependencies)
    let stored = try writer.store(image, signature: signature?.octets, record)
    // Verified before, it is no worse for being asked for without verification.
    let isVerified = options.skipsVerification && !stored.isUnverified
    let today = isVerified ? images.judged([stored], at: now).first?.today : nil
    return FetchedImage(verdict: today ?? result.verdict, record: stored)
  }

  /// Fetches the images that a manifest names, each with all that it stands on itself.
  private func dependencies(
    of manifest: ImageManifest, _ verdict: Verdict, _ chain: inout DependencyChain
  ) throws -> [ImageRecord.Dependency] {
    guard !manifest.dependencies.isEmpty else { return [] }
    let own = ImageReference(name: manifest.name, labels: manifest.labels)
    if let problem = chain.descend(from: own) { throw Ending(malformed(verdict, problem)) }
    defer { chain.ascend() }
    return try manifest.dependencies.map { dependency in
      let wanted = ImageReference(name: dependency.imageName, labels: dependency.labels)
      if let problem = chain.enter(wanted) { throw Ending(malformed(verdict, problem)) }
      progress(.dependency(wanted.name))
      let image = try self.dependency(dependency, wanted, &chain)
      guard let record = image.record else { throw Ending(failed(verdict, wanted, image.verdict)) }
      if let id = dependency.imageID, record.id.description != id {
        throw Ending(otherImage(verdict, wanted, named: id, found: record.id))
      }
      return .init(name: wanted.name, id: record.id)
    }
  }

  /// A dependency that is named by its id need not be asked for where the store holds it.
  private func dependency(
    _ dependency: ImageManifest.Dependency, _ wanted: ImageReference, _ chain: inout DependencyChain
  ) throws -> FetchedImage {
    if let id = dependency.imageID.flatMap({ ImageID($0) }), let record = try? images.record(of: id),
      record.isMeant(by: wanted), let known = images.judged([record], at: now).first, known.today.isAccepted
    {
      return FetchedImage(verdict: known.today, record: record, wasStored: true)
    }
    return fetch(DiscoveryTarget(name: wanted.name, labels: wanted.labels, port: chain.port(of: wanted.name)), &chain)
  }

  private func malformed(_ verdict: Verdict, _ problem: String) -> Verdict {
    Verdict(
      subject: verdict.subject, outcome: .refused(.malformed),
      message: "\(VisibleText(verdict.subject.file)) was not stored: \(problem)")
  }

  private func failed(_ verdict: Verdict, _ dependency: ImageReference, _ cause: Verdict) -> Verdict {
    Verdict(
      subject: verdict.subject, outcome: cause.outcome == .accepted ? .undetermined : cause.outcome,
      message: "\(VisibleText(verdict.subject.file)) was not stored, since it stands on"
        + " \(VisibleText(dependency.description)): \(cause.message)",
      signatures: cause.signatures, considered: cause.considered)
  }

  private func otherImage(
    _ verdict: Verdict, _ dependency: ImageReference, named: String, found: ImageID
  ) -> Verdict {
    Verdict(
      subject: verdict.subject, outcome: .refused(.tampered),
      message:
        "\(VisibleText(verdict.subject.file)) was not stored: it stands on \(VisibleText(dependency.description))"
        + " with the id \(VisibleText(named)), and its server delivers \(found)")
  }
}

extension SignatureFile {
  /// When the newest of the signatures that matched says it was made.
  func newest(_ result: VerifiedImage) -> Timestamp? {
    zip(signatures, result.matched).compactMap { signature, key in key == nil ? nil : signature.created }.max()
  }
}

extension WantedImage {
  /// Where an image of the store is not what was asked for.
  func difference(_ record: ImageRecord) -> String? {
    difference(name: record.name, labels: record.labels)
  }
}
