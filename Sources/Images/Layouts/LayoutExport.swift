internal import Archives
internal import StrictJSON
public import TrustModel
public import TrustVerify

/// An image of the store as an OCI image layout: a layer for each image that it stands on and one of its own, its manifest as
/// configuration, who signed it as annotations, and the signature itself as an artifact that refers to it.
public struct LayoutExport {
  /// What was written.
  public struct Written: Sendable {
    /// The tag in the layout.
    public let tag: String
    /// The digest of the OCI manifest.
    public let digest: String
    /// The digest of the artifact with the signature; nil for an image without one.
    public let signature: String?
    /// What could not be carried over.
    public let losses: [String]
  }

  /// What an export came to.
  public enum Outcome: Sendable {
    /// The image may not leave the store.
    case refused(Verdict)
    /// The layout is there.
    case written(Written, Verdict)
  }

  private static let manifestType = "application/vnd.oci.image.manifest.v1+json"
  private let images: StoredImages
  private let now: Timestamp
  private let skipsVerification: Bool

  /// An export, judged by the keys of `now`.
  public init(_ images: StoredImages, at now: Timestamp, skipsVerification: Bool) {
    (self.images, self.now, self.skipsVerification) = (images, now, skipsVerification)
  }

  /// Writes the layout of an image to a directory that is not there yet; it appears whole or not at all.
  ///
  /// - Throws: `RunFailure`.
  public func write(_ record: ImageRecord, to path: String) throws(RunFailure) -> Outcome {
    Interruption.watch()
    defer { Interruption.follow() }
    let folder = try LayoutFolder(path)
    defer { folder.abandon() }
    var layers: [Layer] = []
    var whiteouts = 0
    if let refused = try add(record, to: folder, &layers, &whiteouts, depth: 0) { return .refused(refused) }
    guard let last = layers.last else { throw RunFailure(.failed, "the image has no layer") }
    let written = try finish(record, layers, last, whiteouts, folder)
    return .written(written, last.verdict)
  }

  /// Writes the documents over the layers.
  private func finish(
    _ record: ImageRecord, _ layers: [Layer], _ last: Layer, _ whiteouts: Int, _ folder: LayoutFolder
  ) throws(RunFailure) -> Written {
    let configuration = LayoutConfiguration(last.manifest)
    let config = try folder.add(configuration.document(layers: layers.map(\.archive)).encoded())
    let manifest = try folder.add(
      Self.manifest(
        config.descriptor("application/vnd.oci.image.config.v1+json"),
        layers.map { $0.blob.descriptor("application/vnd.oci.image.layer.v1.tar+gzip") },
        configuration.annotations + evidence(record, last.verdict)
      ).encoded())
    let signature = try addSignature(record, of: manifest, to: folder)
    let named = LayoutConfiguration.map([("org.opencontainers.image.ref.name", configuration.tag)])
    var index = [
      manifest.descriptor(
        Self.manifestType, [.init("platform", configuration.platformDocument), .init("annotations", named)])
    ]
    if let signature {
      index.append(signature.descriptor(Self.manifestType, [.init("artifactType", JSON(Self.artifactType))]))
    }
    try folder.finish(index)
    let hidden =
      whiteouts > 0
      ? ["\(whiteouts) files whose names begin with .wh., which take something away in a layer"] : []
    return Written(
      tag: configuration.tag, digest: "sha256:" + manifest.digest, signature: signature.map { "sha256:" + $0.digest },
      losses: configuration.losses + hidden)
  }

  private struct Layer {
    let blob: LayoutFolder.Blob
    let archive: String
    let manifest: ImageManifest
    let verdict: Verdict
  }

  /// Adds the layers of what an image stands on, and its own; the verdict where one of them is refused.
  private func add(
    _ record: ImageRecord, to folder: LayoutFolder, _ layers: inout [Layer], _ whiteouts: inout Int, depth: Int
  ) throws(RunFailure) -> Verdict? {
    guard depth <= ImageFetcher.depthLimit, layers.count < ImageFetcher.countLimit else {
      throw RunFailure(.malformed, "\(VisibleText("\(record.reference)")) stands on too many images")
    }
    for dependency in record.dependencies {
      guard let below = try? images.record(of: dependency.id) else {
        throw RunFailure(
          .notFound,
          "\(VisibleText("\(record.reference)")) stands on \(VisibleText("\(dependency.name)")), which the"
            + " store no longer holds: fetch it again")
      }
      if let refused = try add(below, to: folder, &layers, &whiteouts, depth: depth + 1) { return refused }
    }
    return try addOwn(record, to: folder, &layers, &whiteouts)
  }

  /// Adds the layer of an image's own files; the verdict where it is refused.
  private func addOwn(
    _ record: ImageRecord, to folder: LayoutFolder, _ layers: inout [Layer], _ whiteouts: inout Int
  ) throws(RunFailure) -> Verdict? {
    var refused: Verdict?
    var made: (output: LayerOutput, sums: LayerOutput.Sums, manifest: ImageManifest, verdict: Verdict)?
    do throws(RunFailure) {
      let blob = try folder.add { (file) throws(RunFailure) in
        let output = try layer(file)
        let result = unsafe images.verify(record, at: now, files: output, withoutKeys: skipsVerification)
        let isAllowed = result.verdict.isAccepted || skipsVerification && result.verdict.reason == .untrusted
        guard isAllowed, let sums = output.sums, let manifest = result.archive?.manifest else {
          refused = result.verdict
          throw RunFailure(result.verdict.reason, result.verdict.message)
        }
        made = (output, sums, manifest, result.verdict)
        return LayoutFolder.Blob(digest: sums.layer, size: sums.size)
      }
      guard let made else { throw RunFailure(.failed, "the layer was not written") }
      whiteouts += made.output.whiteouts
      layers.append(Layer(blob: blob, archive: made.sums.archive, manifest: made.manifest, verdict: made.verdict))
      return nil
    } catch {
      if let refused { return refused }
      throw error
    }
  }

  private func layer(_ file: CInt) throws(RunFailure) -> LayerOutput {
    do throws(ArchiveError) { return try LayerOutput(file) } catch { throw RunFailure(.failed, "\(error)") }
  }

  private static let artifactType = "application/vnd.keyreeve.aci.signature.v1"

  /// The detached signature over the ACI as an artifact about the OCI image.
  private func addSignature(
    _ record: ImageRecord, of manifest: LayoutFolder.Blob, to folder: LayoutFolder
  ) throws(RunFailure) -> LayoutFolder.Blob? {
    guard !record.isUnverified, let octets = images.signature(of: record) else { return nil }
    let empty = try folder.add(Array("{}".utf8))
    let signature = try folder.add(octets)
    let title = LayoutConfiguration.map([("org.opencontainers.image.title", "\(record.name).aci.asc")])
    let document: JSON = [
      "schemaVersion": 2, "mediaType": JSON(Self.manifestType), "artifactType": JSON(Self.artifactType),
      "config": empty.descriptor("application/vnd.oci.empty.v1+json"),
      "layers": [signature.descriptor("application/pgp-signature", [.init("annotations", title)])],
      "subject": manifest.descriptor(Self.manifestType),
      "annotations": LayoutConfiguration.map([("keyreeve.aci.id", record.id.description)]),
    ]
    return try folder.add(document.encoded())
  }

  /// Who vouches for the image, and for what octets.
  private func evidence(_ record: ImageRecord, _ verdict: Verdict) -> [(String, String)] {
    let signers = verdict.signatures.filter { $0.status == .good }.compactMap {
      $0.primaryFingerprint ?? $0.fingerprint
    }
    var pairs = [
      ("keyreeve.aci.name", "\(record.reference)"), ("keyreeve.aci.id", record.id.description),
      ("keyreeve.aci.verdict", verdict.reason.rawValue),
    ]
    if !signers.isEmpty { pairs.append(("keyreeve.aci.signed-by", signers.map { "\($0)" }.joined(separator: ","))) }
    if let signed = record.signed { pairs.append(("keyreeve.aci.signed", "\(signed)")) }
    return pairs
  }

  private static func manifest(_ config: JSON, _ layers: [JSON], _ annotations: [(String, String)]) -> JSON {
    [
      "schemaVersion": 2, "mediaType": JSON(manifestType), "config": config, "layers": .array(layers),
      "annotations": LayoutConfiguration.map(annotations),
    ]
  }
}
