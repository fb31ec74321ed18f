internal import Discovery
internal import Fetch
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

/// Looks at a site as a client of appc does: pages, tags, keys, then each image with its signature.
struct SiteCheck {
  let ground: any SiteGround
  let now: Timestamp
  /// Whether images that are elsewhere are read whole.
  let downloads: Bool
  private var answers: [Address: Discovery.Answer] = [:]
  var seenKeys: [Address: [Certificate]] = [:]
  private var seenTags: Set<String> = []
  var looked: Set<Address> = []
  var steps: [SiteStep] = []

  /// How long before its end an expiry is a finding, in days.
  static let expiryDays: Int64 = 30

  init(_ ground: any SiteGround, downloads: Bool, at now: Timestamp) {
    (self.ground, self.downloads, self.now) = (ground, downloads, now)
  }

  /// Notes something that whoever prepares the check has found.
  mutating func note(_ step: SiteStep) { steps.append(step) }

  /// Discovers a name: pages, tags and keys.
  mutating func look(for target: DiscoveryTarget) -> (result: DiscoveryResult, keys: [Certificate]) {
    var discovery = Discovery(target, wanting: .both)
    while let address = discovery.next {
      let isNew = answers[address] == nil
      let answer = answers[address] ?? ground.page(address)
      answers[address] = answer
      discovery.take(answer)
      if isNew { report(discovery.result.steps.last) }
    }
    let result = discovery.result
    reportTags(result, target)
    return (result, keys(result.keys))
  }

  private mutating func report(_ step: DiscoveryStep?) {
    guard let step else { return }
    let subject = step.address.description
    switch step.answer {
    case .failed(let problem): steps.append(SiteStep("page", subject, .error, problem))
    case .status(let status): steps.append(SiteStep("page", subject, .note, "no page here: \(status)"))
    case .page(let octets):
      steps.append(
        SiteStep(
          "page", subject, step.tags.isEmpty ? .warning : .fine, "\(octets) octets, \(step.tags.count) discovery tags"))
    }
    steps += step.warnings.map { SiteStep("page", subject, .warning, $0) }
  }

  private mutating func reportTags(_ result: DiscoveryResult, _ target: DiscoveryTarget) {
    for tag in result.steps.flatMap(\.tags) {
      let subject = "\(tag.kind) \(tag.prefix) \(tag.template)"
      guard seenTags.insert(subject + (tag.problem ?? "")).inserted else { continue }
      steps.append(
        SiteStep("tag", subject, tag.problem == nil ? .fine : .warning, tag.problem ?? "counts for \(target.name)"))
    }
    let missing = [("ac-discovery", result.images.isEmpty), ("ac-discovery-pubkeys", result.keys.isEmpty)]
    for (kind, isMissing) in missing where isMissing && seenTags.insert("\(kind) \(target.name)").inserted {
      steps.append(SiteStep("tag", kind, .error, "no page has one that counts for \(target.name)"))
    }
  }
}
