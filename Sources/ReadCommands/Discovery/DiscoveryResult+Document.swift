internal import Discovery
internal import Fetch
internal import StrictJSON
internal import TrustModel

extension DiscoveryResult {
  /// The result as a `keyreeve.discovery/1` document.
  func document(of target: DiscoveryTarget, _ reason: Reason) -> JSON {
    [
      "schema": "keyreeve.discovery/1", "name": JSON(target.name.description), "reason": JSON(reason.rawValue),
      "hindrance": JSON(hindrance),
      "steps": .array(steps.map(\.document)),
      "images": .array(
        images.map { image in
          [
            "image": JSON(image.image.description), "signature": JSON(image.signature.description),
            "page": JSON(image.page.description), "prefix": JSON(image.tagPrefix),
          ]
        }),
      "keys": .array(
        keys.map { key in
          [
            "address": JSON(key.address.description), "page": JSON(key.page.description),
            "prefix": JSON(key.tagPrefix),
          ]
        }),
    ]
  }
}

extension DiscoveryStep {
  fileprivate var document: JSON {
    let (word, status, octets, problem): (String, Int?, Int?, String?) =
      switch answer {
      case .page(let octets): ("page", 200, octets, nil)
      case .status(let status): ("status", status, nil, nil)
      case .failed(let problem): ("failed", nil, nil, problem)
      }
    return [
      "address": JSON(address.description), "redirects": JSON(redirects.map(\.description)), "answer": JSON(word),
      "status": JSON(status), "octets": JSON(octets), "problem": JSON(problem),
      "tags": .array(
        tags.map { tag in
          [
            "kind": JSON(tag.kind), "prefix": JSON(tag.prefix), "template": JSON(tag.template),
            "counts": .bool(tag.problem == nil), "problem": JSON(tag.problem),
          ]
        }),
      "warnings": JSON(warnings),
    ]
  }
}
