internal import Discovery
internal import Fetch
internal import TrustModel
internal import TrustVerify

extension ImageFetcher {
  /// Fetches an image by name: every place that discovery yields is tried in turn until one has it.
  func fetch(_ target: DiscoveryTarget, _ chain: inout DependencyChain) -> FetchedImage {
    progress(.discovering(target.name))
    chain.note(port: target.port, of: target.name)
    let reference = ImageReference(name: target.name, labels: target.labels)
    let subject = Verdict.Subject(name: target.name, labels: target.labels, file: reference.description)
    let found = DiscoveryClient(fetcher: fetcher, allowsHTTP: options.allowsHTTP).discover(target, wanting: .images)
    var failures: [(problem: String, verdict: Verdict)] = []
    for endpoint in found.images {
      let offer = ImageOffer(
        wanted: WantedImage(
          shown: reference.description, reference: reference, machineLabels: options.machineLabels),
        location: .address(endpoint.image, isDiscovered: true, trustedHost: target.authority),
        signature: .address(endpoint.signature, isDiscovered: true, trustedHost: target.authority),
        origin: .init(
          asked: reference.description, address: endpoint.image.description, page: endpoint.page.description))
      switch attempt(offer, &chain) {
      case .ended(let image): return image
      case .unavailable(let problem, let verdict): failures.append((problem, verdict))
      }
    }
    guard let first = failures.first else { return .refused(nothingFound(found, subject)) }
    // An image without a signature says more than a place without the image, and that more than no answer.
    let order: [Reason] = [.unsigned, .notFound]
    let telling = order.lazy.compactMap { reason in failures.first { $0.verdict.reason == reason } }.first ?? first
    let others = failures.map(\.problem).filter { $0 != telling.problem }
    var verdict = telling.verdict
    verdict.notes += others.map { "another place: \($0)" }
    return .refused(verdict)
  }

  /// The verdict where discovery led nowhere: there is no such image, or nobody could be asked.
  private func nothingFound(_ found: DiscoveryResult, _ subject: Verdict.Subject) -> Verdict {
    Verdict(
      subject: subject, outcome: found.wasAnswered ? .refused(.notFound) : .undetermined,
      message: "discovery found no image called \(VisibleText(subject.file)):"
        + " \(found.problems.joined(separator: "; ")); for each step: keyreeve discover \(VisibleText(subject.file))")
  }
}
