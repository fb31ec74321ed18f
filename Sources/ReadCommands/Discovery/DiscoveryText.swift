internal import Discovery
internal import Fetch
internal import TrustModel

/// The steps of a discovery as text: what was asked, what it answered, what counted, and why the rest did not.
struct DiscoveryText {
  let result: DiscoveryResult
  let target: DiscoveryTarget
  let style: TextStyle

  var lines: [String] {
    var lines = result.steps.enumerated().flatMap { step($0.offset + 1, $0.element) }
    if let hindrance = result.hindrance { lines.append(hindrance) }
    if result.images.isEmpty, result.keys.isEmpty {
      lines.append(style.bad("nothing found for \(target.name)"))
    }
    for (number, image) in result.images.enumerated() {
      lines.append(style.good("image \(number + 1)") + "    \(shown(image.image))")
      lines.append("  signed   \(shown(image.signature))")
    }
    if result.images.isEmpty, !result.keys.isEmpty { lines.append(style.warning("no page names images")) }
    if result.keys.isEmpty, !result.images.isEmpty { lines.append(style.warning("no page names keys")) }
    for (number, key) in result.keys.enumerated() {
      lines.append(style.good("keys \(number + 1)") + "     \(shown(key.address))")
    }
    return lines
  }

  private func step(_ number: Int, _ step: DiscoveryStep) -> [String] {
    var lines = ["\(number). \(shown(step.address))"]
    lines += step.redirects.map { "   redirected to \(shown($0))" }
    switch step.answer {
    case .failed(let problem): lines.append("   " + style.bad("failed") + ": \(problem)")
    case .status(let status): lines.append("   " + style.warning("no page") + ": the server answered \(status)")
    case .page(let octets):
      lines.append("   a page of \(octets) octets" + (step.tags.isEmpty ? ", without discovery tags" : ""))
    }
    lines += step.tags.map { tag in
      let what = "\(tag.kind) \(VisibleText(tag.prefix, limit: 200)) \(VisibleText(tag.template, limit: 400))"
      return tag.problem.map { "   " + style.warning("ignored") + ": \(what): \($0)" }
        ?? "   " + style.good("counts") + ":  \(what)"
    }
    return lines + step.warnings.map { "   " + style.warning("note") + ": \($0)" }
  }

  private func shown(_ address: Address) -> String { VisibleText(address.description).description }
}
