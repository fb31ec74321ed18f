internal import Archives
internal import Glibc
internal import TrustModel
internal import TrustVerify

/// The manifest that an image is to have, and its file.
struct ManifestFile {
  let octets: [UInt8]
  let status: stat

  /// Reads a manifest.
  ///
  /// - Throws: `PublishingProblem` that names every rule that it breaks.
  init(_ path: String) throws(PublishingProblem) {
    let shown = VisibleText(path)
    var status = stat()
    do throws(ImageFile.Failure) {
      let file = try ImageFile(path)
      octets = try file.contents(limit: PublishingLimits.manifest)
      _ = unsafe fstat(file.descriptor, &status)
    } catch {
      if case .missing = error { throw PublishingProblem(.notFound, "there is no manifest \(shown)") }
      throw PublishingProblem(.failed, "the manifest \(shown) \(error.problem)")
    }
    self.status = status
    let findings = ImageManifest.findings(in: octets)
    guard findings.isEmpty else {
      throw PublishingProblem(.malformed, "\(shown):\n  " + findings.joined(separator: "\n  "))
    }
  }
}
