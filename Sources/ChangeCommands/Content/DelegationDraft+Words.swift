internal import ContentSigning
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

extension DelegationDraft {
  /// Its threshold, keys and names, as a plan shows them.
  var words: String {
    guard !keys.isEmpty else { return "no key, where \(threshold) must sign, \(names)" }
    let ids = keys.map { $0.canonicalID.description.prefix(7) }.joined(separator: ", ")
    return "\(threshold) of \(keys.count) keys (\(ids)), \(names)"
  }

  private var names: String {
    let names = paths.map { $0.text.isEmpty ? "all names" : "names from \(VisibleText($0.text, limit: 80)) on" }
    return names.isEmpty ? "no name" : names.joined(separator: ", ")
  }
}
