internal import Discovery
internal import Fetch
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

extension SiteCheck {
  /// Looks for one image as a client that wants exactly this one; `size` is what the site's list says.
  mutating func look(forImage target: DiscoveryTarget, size: Int64? = nil) {
    let (result, keys) = look(for: target)
    guard let endpoint = result.images.first, looked.insert(endpoint.image).inserted else { return }
    let subject = endpoint.image.description
    switch ground.size(of: endpoint.image) {
    case .failure(let obstacle): steps.append(SiteStep("image", subject, .error, obstacle.reason))
    case .success(let length):
      if let size, let length, length != UInt64(size) {
        steps.append(SiteStep("image", subject, .error, "it has \(length) octets; the site's list says \(size)"))
      } else {
        steps.append(SiteStep("image", subject, .fine, length.map { "\($0) octets" } ?? "it is there"))
      }
      lookAtSignature(endpoint, keys, target)
    }
  }

  private mutating func lookAtSignature(_ endpoint: ImageEndpoint, _ keys: [Certificate], _ target: DiscoveryTarget) {
    let subject = endpoint.signature.description
    do {
      let octets = try ground.file(endpoint.signature, .signature).get()
      let reading = SignatureReading(try DetachedSignature.readAll(octets), by: keys, at: now)
      if let path = ground.path(of: endpoint.image) {
        try report(ImageReading(path, reading), endpoint, target)
      } else if downloads {
        var digest = reading.digest
        if let obstacle = ground.read(endpoint.image, { digest.update($0) }) { throw obstacle }
        report(reading.reports(over: digest), subject, isRead: true)
      } else {
        report(reading.expectations, subject, isRead: false)
      }
    } catch let obstacle as SiteObstacle {
      steps.append(SiteStep("signature", subject, .error, obstacle.reason))
    } catch let failure as ImageFile.Failure {
      steps.append(SiteStep("image", endpoint.image.description, .error, "it \(failure.problem)"))
    } catch {
      steps.append(SiteStep("signature", subject, .error, "no well-formed detached signature: \(error)"))
    }
  }

  private mutating func report(_ reading: ImageReading, _ endpoint: ImageEndpoint, _ target: DiscoveryTarget) {
    report(reading.reports, endpoint.signature.description, isRead: true)
    let subject = endpoint.image.description
    switch reading.archive {
    case .unopened: break
    case .malformed(let why), .failed(let why): steps.append(SiteStep("image", subject, .error, why))
    case .read(let name, let labels, _):
      guard name == target.name else {
        return steps.append(SiteStep("image", subject, .error, "it is called \(name), not \(target.name)"))
      }
      for label in target.labels.pairs where labels[label.name] != label.value {
        steps.append(
          SiteStep(
            "image", subject, .error,
            "its label \(label.name) is \(VisibleText(labels[label.name] ?? "missing", limit: 80)), not \(VisibleText(label.value, limit: 80))"
          ))
      }
    }
  }

  /// One good signature makes the image one that can be verified; a bad one spoils it.
  private mutating func report(_ reports: [SignatureReport], _ subject: String, isRead: Bool) {
    let worst = reports.first { $0.status == .bad }
    if worst == nil, let good = reports.first(where: { $0.status == .good }) {
      let signer = good.primaryFingerprint?.description ?? ""
      steps.append(
        SiteStep(
          "signature", subject, .fine,
          isRead ? "good, by \(signer)" : "by \(signer); the image was not read (--download)"))
      return
    }
    guard let report = worst ?? reports.first else { return }
    let why =
      report.status == .unknownKey ? "by a key that the site does not publish" : report.detail ?? report.status.rawValue
    steps.append(SiteStep("signature", subject, .error, why))
  }
}
