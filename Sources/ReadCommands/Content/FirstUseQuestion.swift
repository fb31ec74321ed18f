internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// The question on a terminal whether the first root that was seen of a repository is to be trusted.
struct FirstUseQuestion {
  let offer: FirstUseOffer
  /// Whether the answer is kept.
  let isLasting: Bool

  /// Whether somebody says yes; nobody there, or anything but yes, is none.
  var isAgreed: Bool {
    guard Environment.canAsk, !Respondent.isThere else { return false }
    for line in lines { Output.complain(line) }
    while true {
      Output.complain("Trust it \(isLasting ? "from now on" : "for this command")? Type yes or no:")
      guard let answer = readLine() else { return false }
      switch answer {
      case "yes": return true
      case "no": return false
      default: continue
      }
    }
  }

  /// Each key by both of its names: that of its file, and that in metadata, which docker trust inspect prints.
  var lines: [String] {
    var lines = [
      "The root of \(offer.repository) is new here, and nothing is pinned for it.", "  Server       \(offer.server)",
      "  Version      \(offer.version), until \(offer.expires.date)",
    ]
    for key in offer.keys {
      lines.append("  Root key     \(key.canonicalID)  \(key.material.algorithm)")
      if key.id != key.canonicalID { lines.append("  in root as   \(key.id)") }
      if let leaf = key.certificates.first {
        let name = VisibleText(leaf.commonName ?? "nobody", limit: 255)
        lines.append("  Certificate  for \(name), until \(leaf.notAfter.date)")
      }
    }
    return lines + ["Compare the key with what its owner says: whoever answers for the server could show another one."]
  }
}
