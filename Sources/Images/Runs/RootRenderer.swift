internal import Archives
internal import TrustModel
internal import TrustVerify

/// Unpacks an image of the store and all that it stands on, each judged again in the reading that it is unpacked in.
///
/// What an image stands on comes first, in the order of its manifest, and its own files over it. Source: appc image specification,
/// "dependency matching" and "image manifest schema".
struct RootRenderer {
  /// What became of it.
  enum Outcome {
    case done(ImageManifest, LeftOut)
    case refused(Verdict)
  }

  let images: StoredImages
  let now: Timestamp
  let skipsVerification: Bool
  private var whitelists: [ImageID: PathWhitelist] = [:]
  private var hasNewWhitelist = false
  private var count = 0

  init(_ images: StoredImages, at now: Timestamp, skipsVerification: Bool) {
    (self.images, self.now, self.skipsVerification) = (images, now, skipsVerification)
  }

  /// Unpacks into the root file system of a run.
  mutating func render(_ record: ImageRecord, into run: RunFolder) throws -> Outcome {
    while true {
      let tree = try RootTree(at: run.root)
      (hasNewWhitelist, count) = (false, 0)
      switch try unpack(record, into: tree, [], depth: 0) {
      case .refused(let verdict): return .refused(verdict)
      case .unpacked(let manifest):
        // What an image below takes away is only known once it was read, which is at its end: begin again, knowing it.
        if hasNewWhitelist {
          try run.makeRoot()
          continue
        }
        if let whitelist = PathWhitelist(manifest.pathWhitelist) { try tree.keep(whitelist) }
        try tree.complete()
        return .done(manifest, tree.leftOut)
      }
    }
  }

  private enum Step {
    case unpacked(ImageManifest)
    case refused(Verdict)
  }

  private mutating func unpack(
    _ record: ImageRecord, into tree: RootTree, _ filters: [PathWhitelist], depth: Int
  ) throws -> Step {
    count += 1
    guard depth <= ImageFetcher.depthLimit, count <= ImageFetcher.countLimit else {
      throw RunFailure(.malformed, "\(VisibleText("\(record.reference)")) stands on too many images")
    }
    let own = filters + (depth > 0 ? whitelists[record.id].map { [$0] } ?? [] : [])
    for dependency in record.dependencies {
      let below = try stored(dependency, of: record)
      if case .refused(let verdict) = try unpack(below, into: tree, own, depth: depth + 1) { return .refused(verdict) }
    }
    tree.begin(.image, keeping: own)
    let result = unsafe images.verify(record, at: now, files: tree, withoutKeys: skipsVerification)
    guard let manifest = result.archive?.manifest, allows(result.verdict) else { return .refused(result.verdict) }
    if depth > 0, whitelists[record.id] == nil, let whitelist = PathWhitelist(manifest.pathWhitelist) {
      whitelists[record.id] = whitelist
      hasNewWhitelist = true
    }
    return .unpacked(manifest)
  }

  private func stored(_ dependency: ImageRecord.Dependency, of record: ImageRecord) throws -> ImageRecord {
    do {
      return try images.record(of: dependency.id)
    } catch {
      throw RunFailure(
        .notFound,
        "\(VisibleText("\(record.reference)")) stands on \(VisibleText("\(dependency.name)")), which the store"
          + " no longer holds: fetch it again")
    }
  }

  /// Without verification only what could not be read, or is no longer what was stored, is refused.
  private func allows(_ verdict: Verdict) -> Bool {
    verdict.isAccepted || skipsVerification && verdict.reason == .untrusted
  }
}
