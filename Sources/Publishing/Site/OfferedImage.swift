internal import Discovery
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

/// An image that is to be published, once every rule of ours was applied to it.
struct OfferedImage {
  let path: String
  let signature: [UInt8]
  let row: SiteList.Image
  let folders: [String]
  let fileName: String
  /// SHA-512 of the file.
  let digest: [UInt8]
  /// Whoever signed it well.
  let signers: [Certificate]
  /// What else is to be said of its signatures.
  let notes: [String]

  /// Verifies an image and its signature file: signed, well formed, named below `name`, with the labels that lead to it.
  init(
    _ path: String, below name: Prefix, at now: Timestamp,
    certificates: ([DetachedSignature]) throws(PublishingProblem) -> [Certificate]
  ) throws(PublishingProblem) {
    let file = try Self.signatureFile(path)
    let known = try certificates(file.signatures)
    let reading = try Self.reading(path, SignatureReading(file.signatures, by: known, at: now))
    try Self.requireGood(reading.reports, path)
    let (called, labels, id) = try Self.contents(reading.archive, path)
    let place = try Self.place(of: called, labels, below: name, path)
    let good = reading.reports.filter { $0.status == .good }
    (self.path, signature, digest) = (path, file.octets, reading.digest)
    (folders, fileName) = place
    signers = known.filter { certificate in good.contains { $0.primaryFingerprint == certificate.fingerprint } }
    row = SiteList.Image(
      name: called, labels: labels, file: (place.folders + [place.file]).joined(separator: "/"), size: reading.size,
      id: id)
    notes = reading.reports.filter { $0.status != .good }.map { report in
      let why = report.detail ?? report.status.rawValue
      return "\(VisibleText(path)): beside a good signature stands one that does not count: \(why)"
    }
  }

  private static func reading(_ path: String, _ signatures: SignatureReading) throws(PublishingProblem) -> ImageReading
  {
    do throws(ImageFile.Failure) {
      return try ImageReading(path, signatures)
    } catch {
      throw PublishingProblem(.failed, "\(VisibleText(path)) \(error.problem)")
    }
  }

  private static func contents(
    _ archive: ImageReading.Archive, _ path: String
  ) throws(PublishingProblem) -> (ImageName, Labels, ImageID) {
    switch archive {
    case .read(let name, let labels, let id): return (name, labels, id)
    case .malformed(let why):
      throw PublishingProblem(.malformed, "\(VisibleText(path)) is no well-formed image: \(why)")
    case .failed(let why): throw PublishingProblem(.failed, "\(VisibleText(path)): \(why)")
    case .unopened: throw PublishingProblem(.unsigned, "\(VisibleText(path)) has no signature that counts")
    }
  }

  private static func signatureFile(_ path: String) throws(PublishingProblem) -> SignatureFile {
    do throws(ImageFile.Failure) {
      _ = try ImageFile(path)
    } catch {
      if case .missing = error { throw PublishingProblem(.notFound, "there is no image \(VisibleText(path))") }
      throw PublishingProblem(.failed, "\(VisibleText(path)) \(error.problem)")
    }
    do throws(SignatureFile.Failure) {
      return try SignatureFile(path: path + ".asc", of: path)
    } catch {
      guard case .refused(let reason) = error.outcome else { throw PublishingProblem(.failed, error.message) }
      throw PublishingProblem(
        reason,
        "\(VisibleText(path)) is not signed, and nothing unsigned is published; to sign it: keyreeve sign \(ShellText.quoted(path))"
      )
    }
  }

  /// One good signature is enough; a bad one refuses, whatever stands beside it.
  private static func requireGood(_ reports: [SignatureReport], _ path: String) throws(PublishingProblem) {
    let shown = VisibleText(path)
    if reports.contains(where: { $0.status == .bad }) {
      throw PublishingProblem(.tampered, "\(shown) is not what was signed: its signature does not match; sign it again")
    }
    if reports.contains(where: { $0.status == .good }) { return }
    guard let report = reports.first else { throw PublishingProblem(.unsigned, "\(shown) has no signature") }
    switch report.status {
    case .unknownKey:
      throw PublishingProblem(
        .untrusted, "the key that signed \(shown) is not at hand: name its file by --keys, or import it into gpg")
    case .undetermined:
      throw PublishingProblem(.failed, "the signature of \(shown) could not be judged: \(report.detail ?? "")")
    default:
      throw PublishingProblem(
        .unfit, "nobody would take the signature of \(shown): \(report.detail ?? report.status.rawValue)")
    }
  }

  private static func place(
    of called: ImageName, _ labels: Labels, below name: Prefix, _ path: String
  ) throws(PublishingProblem) -> (folders: [String], file: String) {
    guard name.covers(called) else {
      throw PublishingProblem(
        .mismatch, "\(VisibleText(path)) is called \(called), which is not below \(name)")
    }
    switch SiteLayout.place(of: called, labels) {
    case .success(let place): return place
    case .failure(let missing):
      throw PublishingProblem(.mismatch, "\(VisibleText(path)) cannot be found by discovery: \(missing.reason)")
    }
  }
}
